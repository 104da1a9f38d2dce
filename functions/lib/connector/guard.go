package connector

import (
	"net/netip"
	"syscall"

	"latchkey/functions/lib/app"
)

// Guard says which addresses a webhook may be on. It is asked when a connection
// is dialled, about the address that the name led to at that moment, so that a
// name which leads elsewhere the next time gains nothing.
type Guard struct {
	// PrivateNetwork allows the addresses of a network of one's own, and of the
	// machine itself: private, shared (RFC 6598), unique local and loopback.
	PrivateNetwork bool
}

// What is never dialled, and what only in a network of one's own. IPv6 begins
// with a list of what is given out to the public: 2000::/3, less what stands
// here. Sources: the IANA registries of special-purpose addresses for IPv4 and
// IPv6, RFC 6890.
var (
	public6 = prefixes("2000::/3")
	never   = prefixes(
		"0.0.0.0/8",       // this network; unspecified
		"169.254.0.0/16",  // link-local; the metadata services of clouds
		"192.0.0.0/24",    // protocol assignments
		"192.0.2.0/24",    // documentation
		"192.88.99.0/24",  // 6to4 relays
		"198.18.0.0/15",   // benchmarks
		"198.51.100.0/24", // documentation
		"203.0.113.0/24",  // documentation
		"224.0.0.0/4",     // multicast
		"240.0.0.0/4",     // reserved; broadcast
		"2001::/23",       // protocol assignments, Teredo among them
		"2001:db8::/32",   // documentation
		"2002::/16",       // 6to4: leads to any IPv4 address
		"3fff::/20",       // documentation
		"fd00:ec2::/32",   // Amazon's metadata, time and name services
	)
	private = prefixes("10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "::1/128", "fc00::/7")
	nat64   = netip.MustParsePrefix("64:ff9b::/96") // RFC 6052: the last four bytes are an IPv4 address
)

func prefixes(texts ...string) []netip.Prefix {
	var list []netip.Prefix
	for _, text := range texts {
		list = append(list, netip.MustParsePrefix(text))
	}
	return list
}

// Allows tells whether an address may be dialled. An IPv4 address in IPv6
// clothes (mapped, or by the well-known prefix of NAT64) is the IPv4 address.
func (g Guard) Allows(addr netip.Addr) bool {
	addr = addr.Unmap().WithZone("")
	if nat64.Contains(addr) {
		whole := addr.As16()
		addr = netip.AddrFrom4([4]byte(whole[12:]))
	}
	switch {
	case !addr.IsValid() || within(never, addr):
		return false
	case within(private, addr):
		return g.PrivateNetwork
	}
	return addr.Is4() || within(public6, addr)
}

func within(list []netip.Prefix, addr netip.Addr) bool {
	for _, p := range list {
		if p.Contains(addr) {
			return true
		}
	}
	return false
}

// Control is a net.Dialer's: it refuses the connection before it is made.
// *app.Refusal "address_not_allowed".
func (g Guard) Control(_, address string, _ syscall.RawConn) error {
	to, err := netip.ParseAddrPort(address)
	if err != nil || !g.Allows(to.Addr()) {
		return &app.Refusal{Code: "address_not_allowed"}
	}
	return nil
}
