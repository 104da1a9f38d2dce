package slack

import (
	"encoding/json"
	"io"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// method is one of the Web API.
type method struct {
	do     func(*Workspace, args) (result, error)
	scopes []string // all are needed
	tier   tier
	reads  bool // takes no JSON, which Slack takes only where something is written
	open   bool // wants no bot token: it brings credentials of its own
}

var methods = map[string]method{
	"auth.test":               {do: (*Workspace).authTest, tier: special},
	"chat.postMessage":        {do: (*Workspace).postMessage, tier: special, scopes: []string{"chat:write"}},
	"chat.update":             {do: (*Workspace).updateMessage, tier: tier3, scopes: []string{"chat:write"}},
	"chat.delete":             {do: (*Workspace).deleteMessage, tier: tier3, scopes: []string{"chat:write"}},
	"conversations.open":      {do: (*Workspace).openConversation, tier: tier3, scopes: []string{"im:write"}},
	"conversations.history":   {do: (*Workspace).history, tier: tier3, scopes: []string{"im:history"}, reads: true},
	"conversations.replies":   {do: (*Workspace).replies, tier: tier3, scopes: []string{"im:history"}, reads: true},
	"users.info":              {do: (*Workspace).userInfo, tier: tier4, scopes: []string{"users:read"}, reads: true},
	"users.lookupByEmail":     {do: (*Workspace).lookupByEmail, tier: tier3, scopes: []string{"users:read.email"}, reads: true},
	"views.open":              {do: (*Workspace).openView, tier: tier4},
	"views.push":              {do: (*Workspace).pushView, tier: tier4},
	"views.update":            {do: (*Workspace).updateView, tier: tier4},
	"views.publish":           {do: (*Workspace).publishView, tier: tier4},
	"openid.connect.token":    {do: (*Workspace).exchange, tier: tier4, open: true},
	"openid.connect.userInfo": {do: (*Workspace).signedIn, tier: tier4, open: true},
}

// result is what a method answers besides "ok".
type result map[string]any

// refusal is an error of the Web API.
type refusal struct {
	code     string
	messages []string // of response_metadata
	needed   string   // the scopes, for missing_scope
}

func (r *refusal) Error() string { return r.code }

func refuse(code string, messages ...string) error { return &refusal{code: code, messages: messages} }

// limited is an answer that says when to come again.
type limited int // seconds

func (limited) Error() string { return "ratelimited" }

// maxCall bounds what is read of a call, in bytes.
const maxCall = 1 << 20

func (w *Workspace) api(rw http.ResponseWriter, r *http.Request) {
	name := r.PathValue("method")
	m, known := methods[name]
	a, err := readArgs(http.MaxBytesReader(rw, r.Body, maxCall), r, m.reads)
	if err == nil && !known {
		err = refuse("unknown_method")
	}
	w.answer(rw, r, name, a, err, func() (result, error) {
		if err := w.allow(name, m, a); err != nil {
			return nil, err
		}
		return m.do(w, a)
	})
}

// answer does a call unless there is trouble, and notes it.
func (w *Workspace) answer(rw http.ResponseWriter, r *http.Request, name string, a args, err error, do func() (result, error)) {
	w.mu.Lock()
	call := Call{At: w.now().UTC(), Method: name, Args: a.told(), Status: http.StatusOK}
	trouble := meet(&w.troubles, name)
	var said result
	if err == nil && (trouble == nil || trouble.Late) {
		said, err = do()
	}
	var wait limited
	switch e := err.(type) {
	case nil:
		said = with(said, result{"ok": true})
	case limited:
		wait, call.Status, call.Error, said = e, http.StatusTooManyRequests, "ratelimited", result{"ok": false, "error": "ratelimited"}
	case *refusal:
		call.Error, said = e.code, e.told(w.settings.Scopes)
	}
	if trouble != nil {
		call.Trouble, call.Status, call.Error = true, trouble.Status, trouble.Error
		wait = limited(trouble.RetryAfter)
		if trouble.Error != "" {
			call.Status, said = http.StatusOK, result{"ok": false, "error": trouble.Error}
		} else {
			said = result{"ok": false, "error": strings.ToLower(http.StatusText(trouble.Status))}
		}
	}
	w.calls = keep(w.calls, call)
	text, _ := json.Marshal(said) // now: it holds what the lock guards
	w.mu.Unlock()
	if trouble != nil && trouble.Hang {
		<-r.Context().Done()
		return
	}
	if wait > 0 {
		rw.Header().Set("Retry-After", strconv.Itoa(int(wait)))
	}
	rw.Header().Set("Content-Type", "application/json; charset=utf-8")
	rw.WriteHeader(call.Status)
	_, _ = rw.Write(text)
}

func (r *refusal) told(has []string) result {
	said := result{"ok": false, "error": r.code}
	if r.needed != "" {
		said["needed"], said["provided"] = r.needed, strings.Join(has, ",")
	}
	if r.messages != nil {
		var messages []string
		for _, m := range r.messages {
			messages = append(messages, "[ERROR] "+m)
		}
		said["errors"], said["response_metadata"] = r.messages, map[string]any{"messages": messages}
	}
	return said
}

// allow checks token, scopes and rate.
func (w *Workspace) allow(name string, m method, a args) error {
	if !m.open {
		switch token := a.text("token"); {
		case token == "":
			return refuse("not_authed")
		case token != w.config.App.BotToken:
			return refuse("invalid_auth")
		case w.settings.Token != "":
			return refuse(w.settings.Token)
		}
		for _, scope := range m.scopes {
			if !slices.Contains(w.settings.Scopes, scope) {
				return &refusal{code: "missing_scope", needed: scope}
			}
		}
	}
	if seconds := w.wait(name, float64(m.tier)/60, float64(m.tier)); seconds > 0 {
		return limited(seconds)
	}
	return nil
}

func keep[T any](list []T, one T) []T {
	list = append(list, one)
	return list[max(0, len(list)-mostNoted):]
}

// args are a call's arguments: texts, as forms have them, or what JSON has.
type args map[string]any

// readArgs reads query, form and JSON; the token is in the header or the form.
func readArgs(body io.Reader, r *http.Request, reads bool) (args, error) {
	a := args{}
	text, err := io.ReadAll(body)
	if err != nil {
		return a, refuse("request_timeout")
	}
	a.take(r.URL.Query())
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	switch {
	case r.Method == http.MethodGet || len(text) == 0:
	case kind == "application/x-www-form-urlencoded":
		form, err := url.ParseQuery(string(text))
		if err != nil {
			return a, refuse("invalid_form_data")
		}
		a.take(form)
	case kind == "application/json" && reads:
	case kind == "application/json":
		if json.Unmarshal(text, &a) != nil || a == nil {
			return args{}, refuse("invalid_json")
		}
		delete(a, "token")
	case kind == "":
		return a, refuse("missing_post_type")
	default:
		return a, refuse("invalid_post_type")
	}
	if token, bearer := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer "); bearer {
		a["token"] = token
	} else if id, secret, basic := r.BasicAuth(); basic {
		a["client_id"], a["client_secret"] = id, secret
	}
	return a, nil
}

func (a args) take(form url.Values) {
	for name, values := range form {
		a[name] = values[0]
	}
}

func (a args) text(name string) string {
	switch v := a[name].(type) {
	case string:
		return v
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case bool:
		return strconv.FormatBool(v)
	}
	return ""
}

func (a args) yes(name string) bool {
	return a.text(name) == "true" || a.text(name) == "1"
}

// json gives an argument that is JSON, which may stand in a text; nil if it is
// not there.
func (a args) json(name string) json.RawMessage {
	switch v := a[name].(type) {
	case nil:
		return nil
	case string:
		if strings.TrimSpace(v) == "" {
			return nil
		}
		return json.RawMessage(v)
	default:
		text, _ := json.Marshal(v)
		return text
	}
}

// told gives the arguments without what is secret.
func (a args) told() json.RawMessage {
	open := args{}
	for name, value := range a {
		if name != "token" && name != "client_secret" && name != "code" {
			open[name] = value
		}
	}
	text, _ := json.Marshal(open)
	return text
}
