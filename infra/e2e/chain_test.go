package e2e

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"testing"
	"time"

	"latchkey/functions/lib/httpapi/contract"
)

// unbroken checks a history by what the contract says about events, and by
// nothing else: whoever reads the contract can do the same.
func unbroken(events []contract.Event) error {
	if len(events) == 0 {
		return errors.New("no events")
	}
	prev := ""
	for i, e := range events {
		if e.Seq != i+1 {
			return fmt.Errorf("event %d stands in place %d", e.Seq, i+1)
		}
		if e.Prev != prev || e.Hash != hashOf(e.Prev, e.Canonical) {
			return fmt.Errorf("event %d breaks the chain", e.Seq)
		}
		if err := saysWhatWasHashed(e); err != nil {
			return fmt.Errorf("event %d: %w", e.Seq, err)
		}
		prev = e.Hash
	}
	return nil
}

// saysWhatWasHashed compares an event with its canonical form, and each text
// with its digest.
func saysWhatWasHashed(e contract.Event) error {
	var hashed struct {
		Seq     int               `json:"seq"`
		Type    string            `json:"type"`
		At      time.Time         `json:"at"`
		Status  contract.Status   `json:"status"`
		Actor   contract.Actor    `json:"actor"`
		Details any               `json:"details"`
		Texts   map[string]string `json:"texts"`
	}
	if err := json.Unmarshal([]byte(e.Canonical), &hashed); err != nil {
		return err
	}
	e.Actor.Name = "" // the name is as it is now
	if hashed.Seq != e.Seq || hashed.Type != e.Type || !hashed.At.Equal(e.At) || hashed.Status != e.Status ||
		hashed.Actor != e.Actor || !reflect.DeepEqual(hashed.Details, e.Details) || len(hashed.Texts) != len(e.Texts) {
		return fmt.Errorf("it says something else than %s", e.Canonical)
	}
	for name, text := range e.Texts {
		if hashed.Texts[name] != text.Digest {
			return fmt.Errorf("another digest of %s was hashed", name)
		}
		if text.Text != nil && text.Digest != hashOf(text.Salt, *text.Text) {
			return fmt.Errorf("the text %s is not the one of its digest", name)
		}
	}
	return nil
}

func hashOf(first, second string) string {
	sum := sha256.Sum256([]byte(first + "\n" + second))
	return hex.EncodeToString(sum[:])
}

// TestAForgedHistoryIsFound keeps the check above from finding everything good.
func TestAForgedHistoryIsFound(t *testing.T) {
	chain := func() []contract.Event {
		text, salt, prev := "To look around", "5d0c", ""
		var events []contract.Event
		for seq := 1; seq <= 3; seq++ {
			e := contract.Event{Seq: seq, Type: "decided", Prev: prev, Details: map[string]any{},
				Texts: map[string]contract.Text{"reason": {Text: &text, Salt: salt, Digest: hashOf(salt, text)}}}
			e.Canonical = fmt.Sprintf(`{"seq":%d,"type":"decided","at":"0001-01-01T00:00:00Z","details":{},"texts":{"reason":%q}}`,
				seq, hashOf(salt, text))
			e.Hash = hashOf(prev, e.Canonical)
			prev = e.Hash
			events = append(events, e)
		}
		return events
	}
	if err := unbroken(chain()); err != nil {
		t.Fatal(err)
	}
	other := "To take it"
	for name, forge := range map[string]func([]contract.Event) []contract.Event{
		"nothing":           func(e []contract.Event) []contract.Event { return nil },
		"no beginning":      func(e []contract.Event) []contract.Event { return e[1:] },
		"one left out":      func(e []contract.Event) []contract.Event { return append(e[:1], e[2]) },
		"another order":     func(e []contract.Event) []contract.Event { e[0], e[1] = e[1], e[0]; return e },
		"another type":      func(e []contract.Event) []contract.Event { e[1].Type = "denied"; return e },
		"another canonical": func(e []contract.Event) []contract.Event { e[1].Canonical += " "; return e },
		"another text": func(e []contract.Event) []contract.Event {
			text := e[1].Texts["reason"]
			text.Text = &other
			e[1].Texts["reason"] = text
			return e
		},
		"another text with its digest": func(e []contract.Event) []contract.Event {
			e[1].Texts["reason"] = contract.Text{Text: &other, Salt: "5d0c", Digest: hashOf("5d0c", other)}
			return e
		},
	} {
		if unbroken(forge(chain())) == nil {
			t.Errorf("%s: not found", name)
		}
	}
}
