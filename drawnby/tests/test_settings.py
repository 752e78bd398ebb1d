"""What settings are made of at a first start."""

import stat

from drawnby import settings


def test_two_processes_that_begin_at_once_sign_by_one_secret(tmp_path, monkeypatch):
    path, others = tmp_path / "secret_key", []
    make_up = settings.secrets.token_urlsafe

    def another_begins(length):
        monkeypatch.setattr(settings.secrets, "token_urlsafe", make_up)
        others.append(settings.kept_secret(path))
        return make_up(length)

    monkeypatch.setattr(settings.secrets, "token_urlsafe", another_begins)
    secret = settings.kept_secret(path)
    assert others == [secret]
    assert len(secret) > 50
    assert [one.name for one in tmp_path.iterdir()] == ["secret_key"]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
