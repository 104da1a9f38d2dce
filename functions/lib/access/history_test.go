package access_test

import (
	"bytes"
	"errors"
	"maps"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"latchkey/functions/lib/access"
)

func sealedLife(t *testing.T) []access.SealedEvent {
	t.Helper()
	s := arriveAt(t, access.NeedsInfo).answers("ana", "A demo.").overrides("eli", access.Approve, 0).holds()
	sealed, err := access.Seal(s.history, "", pebbles("life"))
	equal(t, "sealing", err, nil)
	return sealed
}

func TestSealedEventsOpenAsTheyWere(t *testing.T) {
	s := arriveAt(t, access.Stuck).isGone()
	sealed, err := access.Seal(s.history, "", pebbles("life"))
	equal(t, "sealing", err, nil)
	for i, e := range sealed {
		opened, err := e.Open()
		equal(t, "error", err, nil)
		equal(t, "event", opened, s.history[i])
	}
}

func TestAHistoryIsSealedPieceByPiece(t *testing.T) {
	s := arriveAt(t, access.Active)
	whole, _ := access.Seal(s.history, "", pebbles("life"))
	random := pebbles("life")
	var pieces []access.SealedEvent
	prev := ""
	for _, e := range s.history {
		piece, err := access.Seal([]access.Event{e}, prev, random)
		equal(t, "sealing", err, nil)
		pieces, prev = append(pieces, piece...), piece[0].Hash
	}
	equal(t, "pieces", pieces, whole)
	if _, err := access.Seal(s.history, "", iotest.ErrReader(errors.New("no entropy"))); err == nil {
		t.Fatal("a text was sealed without a salt")
	}
}

func TestTheSaltHidesWhatWasSaid(t *testing.T) {
	s := arriveAt(t, access.Pending)
	one, _ := access.Seal(s.history, "", pebbles("one"))
	two, _ := access.Seal(s.history, "", pebbles("two"))
	text := s.history[0].Texts[access.TextReason]
	if one[0].Texts[access.TextReason].Digest == two[0].Texts[access.TextReason].Digest {
		t.Error("the same text has the same digest twice")
	}
	if bytes.Contains([]byte(one[0].Canonical), []byte(text)) {
		t.Error("the text stands in what is hashed")
	}
}

func TestErasedTextsLeaveTheChainWhole(t *testing.T) {
	sealed := sealedLife(t)
	for i := range sealed {
		sealed[i].Texts = maps.Clone(sealed[i].Texts)
		for name, text := range sealed[i].Texts {
			sealed[i].Texts[name] = access.SealedText{Digest: text.Digest}
		}
	}
	equal(t, "verifying", access.Verify(sealed), nil)
	r, err := access.Replay(sealed)
	equal(t, "replaying", err, nil)
	equal(t, "reason", r.Reason, "")
	equal(t, "status", r.Status, access.Active)
}

func TestAChangedHistoryIsFoundOut(t *testing.T) {
	for name, change := range map[string]func([]access.SealedEvent) []access.SealedEvent{
		"an event missing":  func(s []access.SealedEvent) []access.SealedEvent { return append(s[:1:1], s[2:]...) },
		"the first missing": func(s []access.SealedEvent) []access.SealedEvent { return s[1:] },
		"two swapped": func(s []access.SealedEvent) []access.SealedEvent {
			s[1], s[2] = s[2], s[1]
			return s
		},
		"another subject": func(s []access.SealedEvent) []access.SealedEvent {
			s[0].Subject = "request:req_02"
			return s
		},
		"another reason": func(s []access.SealedEvent) []access.SealedEvent {
			text := s[0].Texts[access.TextReason]
			text.Text = "For my garden."
			s[0].Texts[access.TextReason] = text
			return s
		},
		"another reason, digested": func(s []access.SealedEvent) []access.SealedEvent {
			other, _ := access.Seal([]access.Event{{Seq: 1, Texts: map[string]string{access.TextReason: "x"}}}, "", pebbles("x"))
			s[0].Texts[access.TextReason] = other[0].Texts[access.TextReason]
			return s
		},
	} {
		if access.Verify(change(sealedLife(t))) == nil {
			t.Errorf("%s: nobody noticed", name)
		}
	}
}

func FuzzASealedEventOpensOrIsRefused(f *testing.F) {
	w := newWorld()
	events, err := w.request.Handle(access.Submit{ID: "req_01", Reason: "For my work."},
		w.factsAbout(w.person("ana"), "ana", "staging"), w.now)
	if err != nil {
		f.Fatal(err)
	}
	sealed, err := access.Seal(events, "", pebbles("fuzz"))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(sealed[0].Canonical)
	f.Add(`{"seq":-1,"details":{"steps":-1,"asked":"P1Y"}}`)
	f.Add(`{"seq":1,"status":"pending","type":"decided","details":{"step":9,"opens":-3}}`)
	f.Add(`{`)
	f.Fuzz(func(t *testing.T, canonical string) {
		opened, err := access.SealedEvent{Canonical: canonical}.Open()
		if err != nil {
			return
		}
		again, err := access.Seal([]access.Event{opened}, "", pebbles("again"))
		if err != nil {
			return // a time that JSON cannot hold
		}
		reopened, err := again[0].Open()
		if diff := cmp.Diff(opened, reopened, cmpopts.EquateEmpty()); err != nil || diff != "" {
			t.Fatalf("an event changes when it is sealed again: %v\n%s", err, diff)
		}
		var r access.Request
		if r.Apply(opened) == nil && r.Version != 1 {
			t.Fatalf("version %d after one event", r.Version)
		}
	})
}
