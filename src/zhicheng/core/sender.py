"""Who sent a request, when proxies stand between: what a header says counts only from proxies that are ours.

Each proxy appends the address that it was called from to `X-Forwarded-For`, so the header is read from its end,
and only as far as whoever appended it is trusted. What stands before that anybody may have invented.

>>> ours = read_networks("10.0.0.0/8, 2001:db8::1")
>>> sender("10.0.0.2", "1.1.1.1, 203.0.113.9, 10.0.0.1", ours)
'203.0.113.9'
>>> sender("198.51.100.7", "203.0.113.9", ours)
'198.51.100.7'
"""

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

Networks = tuple[IPv4Network | IPv6Network, ...]
HOUSEHOLD_BITS = 64
"""What one subscriber is given of IPv6; within it they can take any address."""


def read_networks(text: str) -> Networks:
    """The addresses and networks of a comma-separated list. Raises ValueError naming the part that is none."""
    return tuple(ip_network(part.strip()) for part in text.split(",") if part.strip())


def sender(peer: str, forwarded_for: str, trusted: Networks) -> str:
    """The address of whoever sent the request; `peer` is who called us. Empty if the peer has no address."""
    found = _read(peer)
    for named in reversed(forwarded_for.split(",")):
        before = _read(named)
        if found is None or before is None or not any(found in network for network in trusted):
            break
        found = before
    return str(found) if found else ""


def household(address: str) -> str:
    """What is counted as one sender: an IPv4 address, or the 64-bit network of an IPv6 one.

    >>> household("203.0.113.9"), household("2001:db8:1:2:3::4"), household("")
    ('203.0.113.9', '2001:db8:1:2::/64', 'unknown')
    """
    found = _read(address)
    if isinstance(found, IPv6Address):
        return str(ip_network((found, HOUSEHOLD_BITS), strict=False))
    return str(found) if found else "unknown"


def _read(text: str) -> IPv4Address | IPv6Address | None:
    try:
        found = ip_address(text.strip())
    except ValueError:
        return None
    return (found.ipv4_mapped or found) if isinstance(found, IPv6Address) else found
