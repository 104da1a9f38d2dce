package access

import (
	"encoding/json"
	"net/url"
	"strings"
)

// The connectors that a resource may name.
const (
	ConnectorGroup          = "group"
	ConnectorWebhook        = "webhook"
	ConnectorIdentityCenter = "identity-center"
	ConnectorDevice         = "device"
)

// Connectors lists them all.
func Connectors() []string {
	return []string{ConnectorGroup, ConnectorWebhook, ConnectorIdentityCenter, ConnectorDevice}
}

// Target is what a connector gives access to, in the connector's own canonical
// words. Resources that lead to one target share their entitlements. A request
// is pinned to it at submission, so it holds all that is needed to take the
// access away, whatever becomes of the resource:
//
//	group            the group's id
//	webhook          the name of the secret, a space, and the endpoint's canonical URL
//	identity-center  the account's number, a space, and the permission set's ARN; or
//	                 "group", a space, and the id of a group of the Identity Store
//	device           the device's id
type Target struct {
	Connector string
	ID        string
}

func (t Target) String() string { return t.Connector + ":" + t.ID }

// WebhookTarget is an endpoint that gives access, and the name of the secret
// that signs the calls to it. Spellings of one URL give one target: scheme and
// host are in lower case, the port is left out where it is 443, and the path of
// an origin is "/". What is no URL stays as it is, for CheckResource to find.
func WebhookTarget(address, secret string) Target {
	if u, err := url.Parse(address); err == nil && u.Host != "" {
		u.Host = strings.ToLower(u.Host)
		if port := u.Port(); port == "443" || port == "" {
			u.Host = strings.TrimSuffix(u.Host, ":"+port)
		}
		if u.Path == "" {
			u.Path = "/"
		}
		address = u.String()
	}
	return Target{Connector: ConnectorWebhook, ID: secret + " " + address}
}

// Webhook gives the address and the secret's name of a webhook target.
func (t Target) Webhook() (address, secret string) {
	secret, address, _ = strings.Cut(t.ID, " ")
	return address, secret
}

// Group gives the group that a target owns, if it is one.
func (t Target) Group() (GroupID, bool) {
	return GroupID(t.ID), t.Connector == ConnectorGroup
}

// Device gives the device that a target is, if it is one.
func (t Target) Device() (DeviceID, bool) {
	return DeviceID(t.ID), t.Connector == ConnectorDevice
}

// MarshalJSON writes a target in the contract's words, as the history of a
// resource shows it.
func (t Target) MarshalJSON() ([]byte, error) {
	switch t.Connector {
	case ConnectorDevice:
		return json.Marshal(struct {
			Connector string `json:"type"`
			ID        string `json:"device"`
		}(t))
	case ConnectorWebhook:
		address, secret := t.Webhook()
		return json.Marshal(struct {
			Connector string `json:"type"`
			URL       string `json:"url"`
			Secret    string `json:"secret"`
		}{t.Connector, address, secret})
	case ConnectorIdentityCenter:
		account, permissionSet, _ := t.Assignment()
		group, _ := t.StoreGroup()
		return json.Marshal(struct {
			Connector     string `json:"type"`
			Account       string `json:"account,omitempty"`
			PermissionSet string `json:"permission_set,omitempty"`
			Group         string `json:"group_id,omitempty"`
		}{t.Connector, account, permissionSet, group})
	}
	return json.Marshal(struct {
		Connector string `json:"type"`
		ID        string `json:"group"`
	}(t))
}

func (f *findings) target(t Target) {
	group, _ := t.Group()
	switch {
	case t.Connector == ConnectorWebhook:
		f.webhook(t.Webhook())
	case t.Connector == ConnectorDevice:
		if t.ID == "" {
			f.add("/connector/device", "required", "A device is needed.")
		}
	case t.Connector == ConnectorIdentityCenter:
		f.identityCenter(t)
	case t.Connector != ConnectorGroup:
		f.add("/connector/type", "unknown", "There is no such connector.")
	case group == "":
		f.add("/connector/group", "required", "A group is needed.")
	case group == AdminGroup:
		f.add("/connector/group", "reserved", "Admins are named in the directory, not granted.")
	}
}

func (f *findings) webhook(address, secret string) {
	u, err := url.Parse(address)
	switch {
	case address == "":
		f.add("/connector/url", "required", "An endpoint's URL is needed.")
	case len(address) > MaxWebhookURL:
		f.add("/connector/url", "too_long", "An endpoint's URL has at most %d bytes.", MaxWebhookURL)
	case err != nil || u.Scheme != "https" || u.Hostname() == "" || u.User != nil || strings.ContainsAny(address, "# "):
		f.add("/connector/url", "format", "An endpoint's URL begins with https://, and has no user and no fragment.")
	}
	switch {
	case secret == "":
		f.add("/connector/secret", "required", "The name of a secret is needed.")
	case !ValidID(secret):
		f.add("/connector/secret", "format", "A secret's name has lower-case letters, digits, dots, dashes and underscores.")
	}
}
