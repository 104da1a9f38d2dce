// Package wire is what a device's agent and Latchkey say to each other. Every
// call is a POST whose body is a JSON Web Signature (RFC 7515) in its compact
// form, by the device's Ed25519 key (RFC 8037). As in ACME (RFC 8555, 6.2) the
// protected header names the path that is called, "url", and who speaks, "kid":
// the device's id. Answers are plain JSON; their authenticity is TLS's.
//
// It is imported by the agent, and so imports little.
package wire

import (
	"crypto/ed25519"
	"encoding/base64"
	"errors"
	"fmt"

	"github.com/go-jose/go-jose/v4"
	"github.com/go-json-experiment/json"
)

// MediaType is that of every call's body.
const MediaType = "application/jose"

// The paths.
const (
	EnrolPath = "/devices/v1/enrol"
	SyncPath  = "/devices/v1/sync"
)

// Enrol asks that the key which signs it, and which its header carries ("jwk"),
// be the device's from now on. It is answered 204, or 401.
type Enrol struct {
	Token string `json:"token"` // of an admin, for this device, good once and for an hour
}

// Sync says what is there on the device, and asks what is to be there. It is
// answered 200 with an Answer, 401 if the key is not good (any more), 409 if Seq
// is not higher than that of an earlier call with this key, 503 to try again.
type Sync struct {
	Seq      int64     `json:"seq"`
	Accounts []Account `json:"accounts"`
	NextKey  string    `json:"next_key,omitempty"` // the public key that takes over as soon as it signs a call
}

// Account is what is there for one local account. Those for which nothing is there
// may be left out.
type Account struct {
	Account string `json:"account"`
	Present bool   `json:"present"` // the agent gave the rights
	Foreign bool   `json:"foreign"` // they are there without it
}

// Answer lists the accounts that are to have rights; no other is. PollSeconds is
// when to call again, if nothing happens, and Accounts are those to speak of then.
type Answer struct {
	PollSeconds float64  `json:"poll_seconds"`
	Accounts    []string `json:"accounts"`
	Hold        []Hold   `json:"hold"`
}

// Hold says that an account is to have rights for so many seconds from when the
// call was begun or, without Seconds, until an answer says otherwise.
type Hold struct {
	Account string `json:"account"`
	Seconds *int64 `json:"seconds,omitempty"`
}

// Sign writes a call. introduce puts the public key into it.
func Sign(key ed25519.PrivateKey, device, path string, introduce bool, call any) (string, error) {
	payload, err := json.Marshal(call)
	if err != nil {
		return "", err
	}
	options := (&jose.SignerOptions{EmbedJWK: introduce}).WithHeader("url", path).WithHeader("kid", device)
	signer, err := jose.NewSigner(jose.SigningKey{Algorithm: jose.EdDSA, Key: key}, options)
	if err != nil {
		return "", err
	}
	signed, err := signer.Sign(payload)
	if err != nil {
		return "", err
	}
	return signed.CompactSerialize()
}

// ErrMalformed: a body that is no call of this path.
var ErrMalformed = errors.New("malformed call")

// Call is a call as it arrived. Nothing in it counts before Verify.
type Call struct {
	Device string
	signed *jose.JSONWebSignature
}

// Parse reads a call to a path. ErrMalformed.
func Parse(body, path string) (Call, error) {
	signed, err := jose.ParseSignedCompact(body, []jose.SignatureAlgorithm{jose.EdDSA})
	if err != nil || len(signed.Signatures) != 1 {
		return Call{}, fmt.Errorf("%w: no signature", ErrMalformed)
	}
	header := signed.Signatures[0].Protected
	if header.ExtraHeaders["url"] != path || header.KeyID == "" {
		return Call{}, fmt.Errorf("%w: made for another address", ErrMalformed)
	}
	return Call{header.KeyID, signed}, nil
}

// Introduced gives the public key that a call carries, as text.
func (c Call) Introduced() (string, bool) {
	jwk := c.signed.Signatures[0].Protected.JSONWebKey
	if jwk == nil {
		return "", false
	}
	key, ok := jwk.Key.(ed25519.PublicKey)
	return KeyText(key), ok
}

// Verify tells with which of the keys a call was signed, and reads it. A call
// that none of them signed has no key.
func (c Call) Verify(keys []string, into any) (string, error) {
	for _, text := range keys {
		key, err := ReadKey(text)
		if err != nil {
			return "", err
		}
		payload, err := c.signed.Verify(key)
		if err != nil {
			continue
		}
		if err := json.Unmarshal(payload, into, json.RejectUnknownMembers(true)); err != nil {
			return "", fmt.Errorf("%w: not its payload", ErrMalformed)
		}
		return text, nil
	}
	return "", nil
}

// KeyText writes a public key as base64url without padding, as in a JWK's "x".
func KeyText(key ed25519.PublicKey) string { return base64.RawURLEncoding.EncodeToString(key) }

// ReadKey reads what KeyText wrote.
func ReadKey(text string) (ed25519.PublicKey, error) {
	key, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil || len(key) != ed25519.PublicKeySize {
		return nil, errors.New("no Ed25519 public key")
	}
	return key, nil
}
