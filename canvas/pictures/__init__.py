"""Everything made of a drawing as a picture, from its log and nothing else: no Django here."""
