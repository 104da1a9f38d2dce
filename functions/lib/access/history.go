package access

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"time"
)

// SealedEvent is an event as a history keeps it: a link of a chain.
//
//	hash   = hex(SHA-256(prev + "\n" + canonical))
//	digest = hex(SHA-256(salt + "\n" + text))
//
// Canonical is the event as JSON, in which each text is replaced by its salted
// digest. A text and its salt can be erased and the chain still verifies.
type SealedEvent struct {
	Subject   string
	Seq       int
	Canonical string
	Texts     map[string]SealedText
	Prev      string // empty for the first
	Hash      string
}

// SealedText is a free text beside its digest. Text and Salt are empty once the
// text was erased.
type SealedText struct {
	Text   string
	Salt   string
	Digest string
}

// canonical is the shape of SealedEvent.Canonical. Its fields keep this order.
type canonical struct {
	Subject string            `json:"subject"`
	Seq     int               `json:"seq"`
	At      time.Time         `json:"at"`
	Type    EventType         `json:"type"`
	Actor   Actor             `json:"actor"`
	Status  Status            `json:"status,omitempty"`
	Details Details           `json:"details"`
	Texts   map[string]string `json:"texts,omitempty"`
}

// Seal links events to a chain whose last hash is prev. Salts are read from
// random, 16 bytes for each text.
func Seal(events []Event, prev string, random io.Reader) ([]SealedEvent, error) {
	sealed := make([]SealedEvent, 0, len(events))
	for _, e := range events {
		s := SealedEvent{Subject: e.Subject, Seq: e.Seq, Prev: prev}
		c := canonical{e.Subject, e.Seq, e.At, e.Type, e.Actor, e.Status, e.Details, nil}
		for name, text := range e.Texts {
			salt := make([]byte, 16)
			if _, err := io.ReadFull(random, salt); err != nil {
				return nil, fmt.Errorf("salt: %w", err)
			}
			t := SealedText{Text: text, Salt: hex.EncodeToString(salt)}
			t.Digest = digest(t.Salt, text)
			if c.Texts == nil {
				c.Texts, s.Texts = map[string]string{}, map[string]SealedText{}
			}
			c.Texts[name], s.Texts[name] = t.Digest, t
		}
		data, err := json.Marshal(c)
		if err != nil {
			return nil, err
		}
		s.Canonical = string(data)
		s.Hash = chainHash(prev, s.Canonical)
		prev = s.Hash
		sealed = append(sealed, s)
	}
	return sealed, nil
}

// Open reads a sealed event. Erased texts are missing from it.
func (s SealedEvent) Open() (Event, error) {
	var c canonical
	if err := json.Unmarshal([]byte(s.Canonical), &c); err != nil {
		return Event{}, fmt.Errorf("event %d of %s: %w", s.Seq, s.Subject, err)
	}
	e := Event{c.Subject, c.Seq, c.At, c.Type, c.Actor, c.Status, c.Details, nil}
	for name, t := range s.Texts {
		if t.Text == "" {
			continue
		}
		if e.Texts == nil {
			e.Texts = map[string]string{}
		}
		e.Texts[name] = t.Text
	}
	return e, nil
}

// Verify checks a whole chain, from its first event: the order, the links, and
// every text that was not erased. The error names the first event that fails.
func Verify(events []SealedEvent) error {
	prev := ""
	for i, s := range events {
		if s.Seq != i+1 || s.Prev != prev || s.Hash != chainHash(prev, s.Canonical) {
			return fmt.Errorf("event %d of %s breaks the chain", i+1, s.Subject)
		}
		var c canonical
		if err := json.Unmarshal([]byte(s.Canonical), &c); err != nil || c.Subject != s.Subject || c.Seq != s.Seq {
			return fmt.Errorf("event %d of %s does not say what its chain says", i+1, s.Subject)
		}
		for name, t := range s.Texts {
			erased := t.Text == "" && t.Salt == ""
			if c.Texts[name] != t.Digest || !erased && digest(t.Salt, t.Text) != t.Digest {
				return fmt.Errorf("the text %q of event %d of %s was changed", name, i+1, s.Subject)
			}
		}
		prev = s.Hash
	}
	return nil
}

// Replay gives the request that a history leads to.
func Replay(events []SealedEvent) (Request, error) {
	var r Request
	for _, s := range events {
		e, err := s.Open()
		if err != nil {
			return Request{}, err
		}
		if err := r.Apply(e); err != nil {
			return Request{}, err
		}
	}
	return r, nil
}

func chainHash(prev, canonical string) string {
	sum := sha256.Sum256([]byte(prev + "\n" + canonical))
	return hex.EncodeToString(sum[:])
}

func digest(salt, text string) string {
	sum := sha256.Sum256([]byte(salt + "\n" + text))
	return hex.EncodeToString(sum[:])
}
