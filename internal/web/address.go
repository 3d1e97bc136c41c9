package web

import (
	"fmt"
	"net/netip"
	"strings"

	"github.com/gofiber/fiber/v2"
)

// ParseProxies reads a list such as "127.0.0.1, 10.0.0.0/8".
func ParseProxies(list string) ([]netip.Prefix, error) {
	var all []netip.Prefix
	for _, s := range strings.FieldsFunc(list, func(r rune) bool { return r == ',' || r == ' ' }) {
		if p, err := netip.ParsePrefix(s); err == nil {
			all = append(all, p.Masked())
			continue
		}
		a, err := netip.ParseAddr(s)
		if err != nil {
			return nil, fmt.Errorf("%q is neither an address nor a network", s)
		}
		all = append(all, netip.PrefixFrom(a, a.BitLen()))
	}
	return all, nil
}

// Address is the visitor's network address. It is read from the right end of
// X-Forwarded-For, the end that our own proxies wrote, and only when the peer
// is one of them. It is for limits; it must not be stored with a complaint.
func Address(c *fiber.Ctx) netip.Addr {
	peer, _ := netip.AddrFromSlice(c.Context().RemoteIP())
	peer = peer.Unmap()
	st := stateOf(c)
	if st.app == nil || !st.app.trusts(peer) {
		return peer
	}
	var hops []string
	for _, line := range c.Request().Header.PeekAll(fiber.HeaderXForwardedFor) {
		hops = append(hops, strings.Split(string(line), ",")...)
	}
	for i := len(hops) - 1; i >= 0; i-- {
		hop, err := netip.ParseAddr(strings.TrimSpace(hops[i]))
		if err != nil {
			return peer // what stands left of rubbish is not to be believed
		}
		peer = hop.Unmap().WithZone("")
		if !st.app.trusts(peer) {
			break
		}
	}
	return peer
}

func (a *App) trusts(addr netip.Addr) bool {
	for _, p := range a.cfg.Proxies {
		if p.Contains(addr) {
			return true
		}
	}
	return false
}
