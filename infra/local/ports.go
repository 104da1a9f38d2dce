package main

import (
	"encoding/json"
	"net"
	"os"
	"strconv"
)

// ports are those that a stack listens on, all on 127.0.0.1.
type ports struct {
	Emulator int `json:"emulator"`
	Inbox    int `json:"inbox"`
	SMTP     int `json:"smtp"`
	Webhooks int `json:"webhooks"`
	Control  int `json:"control"` // of the webhooks' endpoint
	Slack    int `json:"slack"`
}

// choosePorts takes the ports of the last run where they are free, so that
// addresses stay, and other free ones where not. It remembers its choice.
func choosePorts(file string) (ports, error) {
	var p ports
	if text, err := os.ReadFile(file); err == nil {
		_ = json.Unmarshal(text, &p) // an unreadable file is as good as none
	}
	var listeners []net.Listener
	for _, port := range []*int{&p.Emulator, &p.Inbox, &p.SMTP, &p.Webhooks, &p.Control, &p.Slack} {
		// Held until all are chosen, so that no port is given out twice.
		listener, err := net.Listen("tcp", address(*port))
		if err != nil {
			listener, err = net.Listen("tcp", address(0))
		}
		if err != nil {
			return ports{}, err
		}
		listeners = append(listeners, listener)
		*port = listener.Addr().(*net.TCPAddr).Port
	}
	for _, listener := range listeners {
		listener.Close()
	}
	text, err := json.Marshal(p)
	if err != nil {
		return ports{}, err
	}
	return p, writeFile(file, text)
}

func address(port int) string {
	return net.JoinHostPort("127.0.0.1", strconv.Itoa(port))
}
