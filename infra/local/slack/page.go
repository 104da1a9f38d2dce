package slack

import (
	"embed"
	"encoding/json"
	"html/template"
	"net/http"
	"strconv"
	"strings"
	"time"
)

//go:embed page
var files embed.FS

var templates = template.Must(template.ParseFS(files, "page/*.html"))

// policy keeps the page from loading anything that the app could name.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; frame-ancestors 'none'"

// pages serves the page: one can be any person, and see and do what they could.
func (w *Workspace) pages(mux *http.ServeMux) {
	mux.HandleFunc("GET /{$}", func(rw http.ResponseWriter, r *http.Request) {
		w.mu.Lock()
		defer w.mu.Unlock()
		page := map[string]any{
			"Team": teamName, "App": w.config.App.Name, "People": w.choosable(), "Command": w.config.App.Commands[0],
		}
		render(rw, http.StatusOK, "index.html", page)
	})
	mux.Handle("GET /page/page.js", http.FileServerFS(files))
	mux.Handle("GET /page/style.css", http.FileServerFS(files))
	mux.HandleFunc("GET /page/people/{user}", w.fragments)
}

func render(rw http.ResponseWriter, status int, name string, data any) {
	rw.Header().Set("Content-Type", "text/html; charset=utf-8")
	rw.Header().Set("Content-Security-Policy", policy)
	rw.Header().Set("Cache-Control", "no-store")
	rw.WriteHeader(status)
	_ = templates.ExecuteTemplate(rw, name, data)
}

// shownPerson is someone whom one can be.
type shownPerson struct{ ID, Name, Kind string }

func (w *Workspace) choosable() (list []shownPerson) {
	for _, p := range w.people {
		if _, err := w.acting(p.ID); err == nil {
			list = append(list, shownPerson{p.ID, p.Name, kindOf(p)})
		}
	}
	return list
}

func kindOf(p Person) string {
	switch {
	case p.TeamID != Team:
		return "of another workspace"
	case p.UltraRestricted:
		return "guest of a single channel"
	case p.Restricted:
		return "guest"
	}
	return ""
}

// mostHidden is how many answers to commands stay on the page.
const mostHidden = 3

// fragments gives what someone sees, as HTML that is escaped already.
func (w *Workspace) fragments(rw http.ResponseWriter, r *http.Request) {
	w.mu.Lock()
	defer w.mu.Unlock()
	user := r.PathValue("user")
	p := w.person(user)
	if p == nil {
		http.NotFound(rw, r)
		return
	}
	read := w.reader()
	if zone, err := time.LoadLocation(r.FormValue("zone")); err == nil {
		read.zone = zone
	}
	s := w.screen(user)
	told := map[string]string{"messages": fragment("messages", w.shownMessages(read, p)), "home": fragment("home", []shownNode(nil))}
	if s.home != nil {
		told["home"] = fragment("home", shownNodes(read, "", s.home.Blocks))
	}
	var hidden []shownMessage
	for _, m := range s.hidden[max(0, len(s.hidden)-mostHidden):] {
		hidden = append(hidden, w.shownMessage(read, &message{user: botUser, text: m.Text, blocks: m.Blocks}))
	}
	if hidden != nil {
		told["hidden"] = fragment("messages", hidden)
	} else {
		told["hidden"] = ""
	}
	if v := s.top(); v != nil {
		told["modal"] = fragment("modal", shownModal(read, v))
	}
	rw.Header().Set("Content-Type", "application/json")
	rw.Header().Set("Cache-Control", "no-store")
	_ = json.NewEncoder(rw).Encode(told)
}

func fragment(name string, data any) string {
	var text strings.Builder
	if err := templates.ExecuteTemplate(&text, name, data); err != nil {
		return template.HTMLEscapeString(err.Error())
	}
	return text.String()
}

type shownMessage struct {
	TS, From, Face, At string
	Person, Edited     bool
	Blocks             []shownNode
	Replies            []shownMessage
}

func (w *Workspace) shownMessages(read reader, p *Person) (list []shownMessage) {
	c := w.channels[DirectMessages(p.ID)]
	if c == nil {
		return nil
	}
	for _, m := range c.messages {
		if m.thread != "" {
			continue
		}
		one := w.shownMessage(read, m)
		for _, reply := range c.thread(m.ts) {
			one.Replies = append(one.Replies, w.shownMessage(read, reply))
		}
		list = append(list, one)
	}
	return list
}

func (w *Workspace) shownMessage(read reader, m *message) shownMessage {
	name := read.name(m.user, "")
	shown := shownMessage{TS: m.ts, From: name, Face: name[:1], Person: m.user != botUser, Edited: m.edited != ""}
	seconds, _, _ := strings.Cut(m.ts, ".")
	if n, err := strconv.ParseInt(seconds, 10, 64); err == nil {
		shown.At = time.Unix(n, 0).In(read.zone).Format("3:04 PM")
	}
	blocks := m.blocks
	if len(parse(blocks)) == 0 {
		blocks, _ = json.Marshal([]map[string]any{{"type": "section", "text": words{"mrkdwn", m.text}}})
	}
	shown.Blocks = shownNodes(read, m.ts, blocks)
	return shown
}

func shownModal(read reader, v *view) map[string]any {
	shown := map[string]any{"Title": v.Title.Text, "Close": "Cancel", "Submit": "", "Blocks": shownNodes(read, v.ID, v.Blocks)}
	if v.Close != nil {
		shown["Close"] = v.Close.Text
	}
	if v.Submit != nil {
		shown["Submit"] = v.Submit.Text
	}
	return shown
}
