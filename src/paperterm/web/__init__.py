"""Bytes from the services on the network: asked for politely, taken in safely, never parsed.

`client.Client` asks, `keeping.Keeper` remembers the answers, `services.services` says where the
services are. All of it blocks, may be called from any thread and can be called off at any moment.
"""
