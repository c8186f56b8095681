"""Papers that arrive: fetched from the services, added by name, found in the world.

Everything here waits for the network and so belongs in a thread that nobody waits for. It never
holds a library: what it takes in or looks up there goes through *hands* (`library.hands`), which a
program gives it; between two of them a mark can be set. `office.Office` is the door.
"""
