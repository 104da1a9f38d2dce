package slack

import (
	"crypto/rand"
	"fmt"
	"strings"
	"time"
)

// screen is what someone has before them.
type screen struct {
	stack  []*view // the topmost last
	home   *view
	hidden []Message
}

func (s *screen) top() *view {
	if len(s.stack) == 0 {
		return nil
	}
	return s.stack[len(s.stack)-1]
}

func (w *Workspace) screen(user string) *screen {
	if w.screens[user] == nil {
		w.screens[user] = &screen{}
	}
	return w.screens[user]
}

// trigger lets the app open one modal, soon after someone has done something.
type trigger struct {
	user  string
	at    time.Time
	modal bool // it came out of a modal
	spent bool
}

// newTrigger makes one, in Slack's form.
func (w *Workspace) newTrigger(user string, modal bool) string {
	id := fmt.Sprintf("%d.%d.%s", w.now().UnixMilli(), w.number(), strings.ToLower(rand.Text()))
	w.triggers[id] = &trigger{user: user, at: w.now(), modal: modal}
	return id
}

// pull finds the trigger of a call; spend it once the rest is good.
func (w *Workspace) pull(a args) (*trigger, error) {
	id := a.text("trigger_id")
	t := w.triggers[id]
	switch {
	case id == "":
		return nil, refuse("invalid_arguments", "missing required field: trigger_id")
	case t == nil:
		return nil, refuse("invalid_trigger_id")
	case t.spent:
		return nil, refuse("exchanged_trigger_id")
	case w.now().Sub(t.at) > triggerLives:
		return nil, refuse("expired_trigger_id")
	}
	return t, nil
}

func (w *Workspace) openView(a args) (result, error) {
	v, err := w.readView(a.json("view"), "modal")
	if err != nil {
		return nil, err
	}
	t, err := w.pull(a)
	if err != nil {
		return nil, err
	}
	t.spent = true
	w.place(v, nil)
	w.screen(t.user).stack = []*view{v}
	return result{"view": v}, nil
}

func (w *Workspace) pushView(a args) (result, error) {
	v, err := w.readView(a.json("view"), "modal")
	if err != nil {
		return nil, err
	}
	t, err := w.pull(a)
	if err != nil {
		return nil, err
	}
	s := w.screen(t.user)
	switch {
	case !t.modal || s.top() == nil:
		return nil, refuse("not_found")
	case len(s.stack) >= mostViews:
		return nil, refuse("push_limit_reached")
	}
	t.spent = true
	w.place(v, s.top())
	s.stack = append(s.stack, v)
	return result{"view": v}, nil
}

func (w *Workspace) updateView(a args) (result, error) {
	id, external := a.text("view_id"), a.text("external_id")
	if id == "" && external == "" {
		return nil, refuse("invalid_arguments", "missing required field: view_id")
	}
	v := w.find(func(v *view) bool { return v.ID == id || id == "" && v.ExternalID == external })
	if v == nil {
		return nil, refuse("not_found")
	}
	kept := v.ExternalID
	v.ExternalID = "" // its own name is no duplicate
	next, err := w.readView(a.json("view"), v.Type)
	v.ExternalID = kept
	if err != nil {
		return nil, err
	}
	if hash := a.text("hash"); hash != "" && hash != v.Hash {
		return nil, refuse("hash_conflict")
	}
	v.become(next)
	return result{"view": v}, nil
}

func (w *Workspace) publishView(a args) (result, error) {
	user := a.text("user_id")
	s := w.screen(user)
	kept := ""
	if s.home != nil {
		kept, s.home.ExternalID = s.home.ExternalID, ""
	}
	next, err := w.readView(a.json("view"), "home")
	if s.home != nil {
		s.home.ExternalID = kept
	}
	if err != nil {
		return nil, err
	}
	if w.reaches(w.person(user)) != "" {
		return nil, refuse("invalid_arguments", "user_not_found [json-pointer:/user_id]")
	}
	if s.home == nil {
		w.place(next, nil)
		s.home = next
		return result{"view": next}, nil
	}
	if hash := a.text("hash"); hash != "" && hash != s.home.Hash {
		return nil, refuse("hash_conflict")
	}
	s.home.become(next)
	return result{"view": s.home}, nil
}
