package slack

import (
	"context"
	"crypto/rand"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"
)

// Config says who is in the workspace, and what the app there is.
type Config struct {
	URL    string // where the workspace is served, "http://127.0.0.1:4005"
	App    App
	People []Person
	// Clock is for triggers, codes, rate limits and the time of messages.
	Clock func() time.Time
	// Patience is how long Slack waits for an acknowledgement; 3 s if left out.
	Patience time.Duration
	// Retries is how long Slack waits before it sends an event again; at once,
	// after a minute and after five if left out.
	Retries []time.Duration
}

// App is Latchkey as it is installed.
type App struct {
	Name          string
	BotToken      string // "xoxb-…"
	SigningSecret string
	ClientID      string
	ClientSecret  string
	// RequestURL is the base of /slack/interactions, /slack/commands and
	// /slack/events.
	RequestURL string
	// Redirects are the redirect URLs that the app has registered.
	Redirects []string
	Commands  []string // "/access"
}

// scopes are those of the app's manifest.
var scopes = []string{"chat:write", "commands", "im:history", "im:write", "users:read"}

// NewApp makes an app with secrets of its own.
func NewApp(requestURL string, redirects ...string) App {
	return App{
		Name: "Latchkey", BotToken: "xoxb-" + rand.Text(), SigningSecret: strings.ToLower(rand.Text()),
		ClientID: "1000000000001.1000000000002", ClientSecret: strings.ToLower(rand.Text()),
		RequestURL: requestURL, Redirects: redirects, Commands: []string{"/access"},
	}
}

// Workspace is the workspace while it runs.
type Workspace struct {
	config Config
	keys   func() (keys, error) // made when someone first signs in
	http   *http.Client
	ending context.Context
	end    context.CancelFunc
	work   sync.WaitGroup // of events that are being sent

	mu sync.Mutex
	state
}

// state is what Reset takes back.
type state struct {
	people     []Person
	settings   Settings
	troubles   []Trouble
	channels   map[string]*channel  // by id
	screens    map[string]*screen   // by user
	triggers   map[string]*trigger  // by id
	responses  map[string]*response // by what their URL ends with
	grants     map[string]grant     // by code
	tokens     map[string]grant     // by the access token of Sign in with Slack
	buckets    map[string]*bucket
	calls      []Call
	deliveries []Delivery
	last       int // of what was numbered
}

// mostNoted is how many calls and deliveries are kept, the latest.
const mostNoted = 5000

// New makes the workspace on its first day. End ends it.
func New(c Config) *Workspace {
	if c.Patience == 0 {
		c.Patience = 3 * time.Second
	}
	if c.Retries == nil {
		c.Retries = []time.Duration{0, time.Minute, 5 * time.Minute}
	}
	w := &Workspace{config: c, keys: sync.OnceValues(newKeys), http: &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error {
		return http.ErrUseLastResponse
	}}}
	w.ending, w.end = context.WithCancel(context.Background())
	w.begin()
	return w
}

// End breaks off what is being sent.
func (w *Workspace) End() {
	w.end()
	w.work.Wait()
}

func (w *Workspace) begin() {
	w.state = state{
		people:   slices.Clone(w.config.People),
		settings: Settings{Pace: 1, Scopes: slices.Clone(scopes), RequestURL: w.config.App.RequestURL},
		channels: map[string]*channel{}, screens: map[string]*screen{}, triggers: map[string]*trigger{},
		responses: map[string]*response{}, grants: map[string]grant{}, tokens: map[string]grant{}, buckets: map[string]*bucket{},
	}
}

func (w *Workspace) now() time.Time { return w.config.Clock() }

// number gives the next number. The caller holds the lock.
func (w *Workspace) number() int {
	w.last++
	return w.last
}

// stamp gives the next "ts", which names a message and says when it came.
func (w *Workspace) stamp() string {
	return fmt.Sprintf("%d.%06d", w.now().Unix(), w.number())
}

// person gives someone by id, nil if there is nobody. The caller holds the lock.
func (w *Workspace) person(id string) *Person {
	i := slices.IndexFunc(w.people, func(p Person) bool { return p.ID == id })
	if i < 0 {
		return nil
	}
	return &w.people[i]
}

// reader reads as someone in UTC would.
func (w *Workspace) reader() reader {
	return reader{now: w.now(), zone: time.UTC, names: func(user string) string {
		if p := w.person(user); p != nil {
			return p.Name
		}
		if user == botUser {
			return w.config.App.Name
		}
		return ""
	}}
}

// Handler serves the workspace.
func (w *Workspace) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/api/{method}", w.api)
	mux.HandleFunc("POST /respond/{token}", w.respond)
	mux.HandleFunc("GET /openid/connect/authorize", w.consentPage)
	mux.HandleFunc("POST /openid/connect/authorize", w.consentGiven)
	mux.HandleFunc("GET /openid/connect/keys", w.serveKeys)
	mux.Handle("/control/", http.StripPrefix("/control", w.control()))
	w.pages(mux)
	return mux
}
