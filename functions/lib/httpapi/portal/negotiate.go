package portal

import (
	"strconv"
	"strings"
)

// identity is a file as it is.
const identity = ""

// codings are those in which a file may be sent, the smallest first.
var codings = []string{"br", "gzip", identity}

// choose gives the coding, of those there are, that an Accept-Encoding header
// prefers (RFC 9110, 12.5.3); among equals the smallest. Who refuses all of them
// gets the file as it is, which the RFC allows.
func choose(header string, there map[string][]byte) string {
	weight := weights(header)
	best, most := identity, 0.0
	for _, coding := range codings {
		if _, ok := there[coding]; ok && weight(coding) > most {
			best, most = coding, weight(coding)
		}
	}
	return best
}

// weights reads how much a header likes each coding: from 0, not at all, to 1.
func weights(header string) func(coding string) float64 {
	said := map[string]float64{}
	for item := range strings.SplitSeq(header, ",") {
		name, parameter, _ := strings.Cut(item, ";")
		if name = strings.ToLower(strings.TrimSpace(name)); name != "" {
			said[name] = quality(parameter)
		}
	}
	return func(coding string) float64 {
		names := []string{coding, "*"}
		if coding == "gzip" {
			names = []string{"gzip", "x-gzip", "*"}
		}
		if coding == identity {
			names[0] = "identity"
		}
		for _, name := range names {
			if q, ok := said[name]; ok {
				return q
			}
		}
		if coding == identity {
			return least // it is fine unless it is refused, and anything named is better
		}
		return 0
	}
}

// least is below every weight that can be written but 0.
const least = 0.0001

// quality reads a weight. What is none refuses, as the cautious reading.
func quality(parameter string) float64 {
	name, value, given := strings.Cut(strings.TrimSpace(parameter), "=")
	if !given && name == "" {
		return 1
	}
	q, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
	if err != nil || !strings.EqualFold(strings.TrimSpace(name), "q") || !(q >= 0 && q <= 1) {
		return 0
	}
	return q
}
