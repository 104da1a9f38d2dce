package connector_test

import (
	"net/netip"
	"testing"

	"latchkey/functions/lib/connector"
)

func TestWhereAWebhookMayBe(t *testing.T) {
	const (
		anywhere = iota // always
		own             // in a network of one's own
		nowhere         // never
	)
	for address, where := range map[string]int{
		"8.8.8.8": anywhere, "1.1.1.1": anywhere, "100.63.255.255": anywhere, "100.128.0.0": anywhere, "172.15.0.1": anywhere,
		"172.32.0.1": anywhere, "169.253.255.255": anywhere, "198.17.0.1": anywhere, "198.20.0.1": anywhere, "223.255.255.255": anywhere,
		"2606:4700::1111": anywhere, "2a00:1450::1": anywhere, "2001:4860:4860::8888": anywhere,
		"::ffff:8.8.8.8": anywhere, "64:ff9b::808:808": anywhere,

		"10.0.0.1": own, "10.255.255.255": own, "172.16.0.1": own, "172.31.255.255": own, "192.168.1.1": own,
		"100.64.0.1": own, "100.127.255.255": own, "127.0.0.1": own, "127.1.2.3": own, "::1": own, "fc00::1": own, "fd12:3456::1": own,
		"::ffff:127.0.0.1": own, "::ffff:10.0.0.1": own, "64:ff9b::10.0.0.1": own, "64:ff9b::127.0.0.1": own,

		"169.254.169.254": nowhere, "169.254.170.2": nowhere, "169.254.0.1": nowhere, "::ffff:169.254.169.254": nowhere,
		"64:ff9b::169.254.169.254": nowhere, "fd00:ec2::254": nowhere, "fe80::1": nowhere, "fe80::1%eth0": nowhere, "fec0::1": nowhere,
		"0.0.0.0": nowhere, "0.1.2.3": nowhere, "::": nowhere, "::ffff:0.0.0.0": nowhere, "::169.254.169.254": nowhere, "::7f00:1": nowhere,
		"224.0.0.1": nowhere, "239.255.255.255": nowhere, "ff02::1": nowhere, "255.255.255.255": nowhere, "240.0.0.1": nowhere,
		"192.0.0.1": nowhere, "192.0.2.1": nowhere, "198.18.0.1": nowhere, "198.51.100.1": nowhere, "203.0.113.1": nowhere,
		"192.88.99.1": nowhere, "2001:db8::1": nowhere, "2002:7f00:1::": nowhere, "2001::1": nowhere, "3fff::1": nowhere,
		"64:ff9b:1::10.0.0.1": nowhere, "100::1": nowhere, "5f00::1": nowhere,
	} {
		addr := netip.MustParseAddr(address)
		if got := (connector.Guard{}).Allows(addr); got != (where == anywhere) {
			t.Errorf("%s on the internet: %t", address, got)
		}
		if got := (connector.Guard{PrivateNetwork: true}).Allows(addr); got != (where != nowhere) {
			t.Errorf("%s with a network of one's own: %t", address, got)
		}
	}
	if (connector.Guard{PrivateNetwork: true}).Allows(netip.Addr{}) {
		t.Error("no address at all is allowed")
	}
}

// FuzzGuard: no clothes change what an address is, and what the standard
// library knows to be no public address is never taken for one.
func FuzzGuard(f *testing.F) {
	for _, seed := range []string{"8.8.8.8", "127.0.0.1", "169.254.169.254", "::1", "64:ff9b::a00:1", "fd00:ec2::254", "2606:4700::1111"} {
		f.Add(netip.MustParseAddr(seed).AsSlice())
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		addr, ok := netip.AddrFromSlice(raw)
		if !ok {
			return
		}
		open, own := connector.Guard{}.Allows(addr), connector.Guard{PrivateNetwork: true}.Allows(addr)
		if open && !own {
			t.Errorf("%s is allowed on the internet alone", addr)
		}
		plain := addr.Unmap()
		if open && (!plain.IsGlobalUnicast() || plain.IsPrivate()) {
			t.Errorf("%s is allowed", addr)
		}
		if own && (plain.IsUnspecified() || plain.IsMulticast() || plain.IsLinkLocalUnicast()) {
			t.Errorf("%s is allowed in a network of one's own", addr)
		}
		if !plain.Is4() {
			return
		}
		four := plain.As4()
		translated := netip.AddrFrom16([16]byte{0, 0x64, 0xff, 0x9b, 12: four[0], four[1], four[2], four[3]})
		for _, dressed := range []netip.Addr{netip.AddrFrom16(plain.As16()), translated} {
			if got := (connector.Guard{}).Allows(dressed); got != open {
				t.Errorf("%s is allowed: %t, as %s: %t", plain, open, dressed, got)
			}
		}
	})
}
