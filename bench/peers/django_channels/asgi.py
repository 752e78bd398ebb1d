"""What one says in a channel, the others in it hear."""

import os

import django
from channels.generic.websocket import AsyncJsonWebsocketConsumer

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.peers.django_channels.settings")
django.setup()


class Relay(AsyncJsonWebsocketConsumer):
    """One person's connection."""

    group = ""

    async def receive_json(self, content: dict) -> None:
        if "join" in content:
            await self.join(content["join"])
        else:
            event = {"type": "said", "by": self.channel_name, "message": content}
            await self.channel_layer.group_send(self.group, event)

    async def join(self, group: str) -> None:
        self.group = group
        await self.channel_layer.group_add(group, self.channel_name)
        await self.send_json({"joined": group})

    async def said(self, event: dict) -> None:
        if event["by"] != self.channel_name:
            await self.send_json(event["message"])

    async def disconnect(self, code: int) -> None:
        await self.channel_layer.group_discard(self.group, self.channel_name)


application = Relay.as_asgi()
