package slack

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"slices"
)

// control tells and changes how the workspace is. Client says what each call
// takes and gives.
//
//	GET    /people                        POST  /people
//	PATCH  /people/{user}
//	GET    /people/{user}/messages        GET   /people/{user}/screen
//	POST   /people/{user}/press, submit, close, command, home, say, suggest, consent
//	GET    /calls?method=chat.update      GET   /deliveries
//	PUT    /troubles                      GET, PUT /settings
//	POST   /verify                        POST  /reset
//
// Anyone who can reach it may use it, so it is served on loopback alone.
func (w *Workspace) control() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /people", locked(w, func(*http.Request, struct{}) ([]Person, error) { return slices.Clone(w.people), nil }))
	mux.HandleFunc("POST /people", locked(w, func(_ *http.Request, p Person) (Person, error) {
		if p.ID == "" || w.person(p.ID) != nil {
			return Person{}, errTaken
		}
		w.people = append(w.people, p)
		return p, nil
	}))
	mux.HandleFunc("PATCH /people/{user}", locked(w, func(r *http.Request, c Change) (Person, error) {
		p := w.person(r.PathValue("user"))
		if p == nil {
			return Person{}, errNobody
		}
		c.apply(p)
		return *p, nil
	}))
	mux.HandleFunc("GET /people/{user}/messages", locked(w, func(r *http.Request, _ struct{}) ([]Message, error) {
		return w.messages(r.PathValue("user")), nil
	}))
	mux.HandleFunc("GET /people/{user}/screen", locked(w, func(r *http.Request, _ struct{}) (Screen, error) {
		return w.toldScreen(r.PathValue("user")), nil
	}))
	w.controlActs(mux)
	mux.HandleFunc("GET /calls", locked(w, func(r *http.Request, _ struct{}) ([]Call, error) {
		return slices.DeleteFunc(append([]Call{}, w.calls...), func(c Call) bool {
			return r.FormValue("method") != "" && c.Method != r.FormValue("method")
		}), nil
	}))
	mux.HandleFunc("GET /deliveries", locked(w, func(*http.Request, struct{}) ([]Delivery, error) {
		return append([]Delivery{}, w.deliveries...), nil
	}))
	mux.HandleFunc("PUT /troubles", locked(w, func(_ *http.Request, list []Trouble) (struct{}, error) {
		for _, t := range list {
			if err := t.check(); err != nil {
				return struct{}{}, err
			}
		}
		w.troubles = list
		return struct{}{}, nil
	}))
	mux.HandleFunc("GET /settings", locked(w, func(*http.Request, struct{}) (Settings, error) { return w.settings, nil }))
	mux.HandleFunc("PUT /settings", locked(w, func(_ *http.Request, s Settings) (struct{}, error) {
		if err := s.check(); err != nil {
			return struct{}{}, err
		}
		w.settings, w.buckets = s, map[string]*bucket{}
		return struct{}{}, nil
	}))
	mux.HandleFunc("POST /reset", locked(w, func(*http.Request, struct{}) (struct{}, error) {
		w.begin()
		return struct{}{}, nil
	}))
	return mux
}

// controlActs are what one does as someone. They wait for the app, and so do not
// hold the lock.
func (w *Workspace) controlActs(mux *http.ServeMux) {
	mux.HandleFunc("POST /people/{user}/press", takes(func(r *http.Request, p Press) (Seen, error) {
		return w.Press(r.PathValue("user"), p)
	}))
	mux.HandleFunc("POST /people/{user}/submit", takes(func(r *http.Request, b struct {
		Values Values `json:"values"`
	}) (Seen, error) {
		return w.Submit(r.PathValue("user"), b.Values)
	}))
	mux.HandleFunc("POST /people/{user}/close", takes(func(r *http.Request, b struct {
		All bool `json:"all"`
	}) (Seen, error) {
		return w.Close(r.PathValue("user"), b.All)
	}))
	mux.HandleFunc("POST /people/{user}/command", takes(func(r *http.Request, b struct {
		Command string `json:"command"`
		Text    string `json:"text"`
	}) (Seen, error) {
		return w.Command(r.PathValue("user"), b.Command, b.Text)
	}))
	mux.HandleFunc("POST /people/{user}/home", takes(func(r *http.Request, _ struct{}) (Seen, error) {
		return w.OpenHome(r.PathValue("user"))
	}))
	mux.HandleFunc("POST /people/{user}/say", locked(w, func(r *http.Request, b struct {
		Text string `json:"text"`
	}) (Message, error) {
		return w.say(r.PathValue("user"), b.Text)
	}))
	mux.HandleFunc("POST /people/{user}/suggest", takes(func(r *http.Request, b struct {
		Block  string `json:"block_id"`
		Action string `json:"action_id"`
		Query  string `json:"query"`
	}) ([]Option, error) {
		return w.Suggest(r.PathValue("user"), b.Block, b.Action, b.Query)
	}))
	mux.HandleFunc("POST /people/{user}/consent", takes(func(r *http.Request, b struct {
		URL string `json:"url"`
	}) (Consent, error) {
		return w.Consent(r.PathValue("user"), b.URL)
	}))
	mux.HandleFunc("POST /verify", takes(func(*http.Request, struct{}) (Seen, error) { return w.VerifyURL(), nil }))
}

// takes reads a body, and answers with what comes of it; 409 with the reason
// where it cannot be done.
func takes[In, Out any](do func(*http.Request, In) (Out, error)) http.HandlerFunc {
	return func(rw http.ResponseWriter, r *http.Request) {
		var in In
		decoder := json.NewDecoder(http.MaxBytesReader(rw, r.Body, maxCall))
		decoder.DisallowUnknownFields()
		if err := decoder.Decode(&in); err != nil && !errors.Is(err, io.EOF) {
			http.Error(rw, err.Error(), http.StatusBadRequest)
			return
		}
		out, err := do(r, in)
		if err != nil {
			http.Error(rw, err.Error(), http.StatusConflict)
			return
		}
		rw.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(rw).Encode(out)
	}
}

// locked is takes for what does not wait for the app.
func locked[In, Out any](w *Workspace, do func(*http.Request, In) (Out, error)) http.HandlerFunc {
	return takes(func(r *http.Request, in In) (Out, error) {
		w.mu.Lock()
		defer w.mu.Unlock()
		return do(r, in)
	})
}

// messages gives someone's conversation with the app.
func (w *Workspace) messages(user string) []Message {
	told := []Message{}
	c := w.channels[DirectMessages(user)]
	if c == nil {
		return told
	}
	for _, m := range c.messages {
		if m.thread != "" {
			continue
		}
		one := w.shown(c, m)
		for _, reply := range c.thread(m.ts) {
			one.Replies = append(one.Replies, w.shown(c, reply))
		}
		told = append(told, one)
	}
	return told
}

func (w *Workspace) shown(c *channel, m *message) Message {
	return Message{
		TS: m.ts, Channel: c.id, ThreadTS: m.thread, Text: m.text, Blocks: m.blocks, Metadata: m.metadata, Edited: m.edited != "", Broadcast: m.broadcast,
		Reading: w.reader().reading(m.text, m.blocks), Versions: slices.Clone(m.versions), From: m.user,
	}
}

// say lets someone write to the app, which has not asked to be told.
func (w *Workspace) say(user, text string) (Message, error) {
	if _, err := w.acting(user); err != nil {
		return Message{}, err
	}
	c, _ := w.direct(user)
	m := &message{ts: w.stamp(), user: user, text: text}
	c.messages = append(c.messages, m)
	return w.shown(c, m), nil
}
