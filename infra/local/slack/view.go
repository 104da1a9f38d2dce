package slack

import (
	"crypto/rand"
	"encoding/json"
	"fmt"
	"strings"
	"time"
)

// The limits of views (https://docs.slack.dev/reference/views).
const (
	mostViews    = 3         // on one another
	largestView  = 250 << 10 // bytes
	triggerLives = 3 * time.Second
)

// view is a modal or a Home tab.
type view struct {
	ID              string          `json:"id"`
	TeamID          string          `json:"team_id"`
	Type            string          `json:"type"`
	Title           *words          `json:"title,omitempty"`
	Submit          *words          `json:"submit"`
	Close           *words          `json:"close"`
	Blocks          json.RawMessage `json:"blocks"`
	PrivateMetadata string          `json:"private_metadata"`
	CallbackID      string          `json:"callback_id"`
	ExternalID      string          `json:"external_id"`
	State           viewState       `json:"state"`
	Hash            string          `json:"hash"`
	ClearOnClose    bool            `json:"clear_on_close"`
	NotifyOnClose   bool            `json:"notify_on_close"`
	RootViewID      string          `json:"root_view_id"`
	PreviousViewID  *string         `json:"previous_view_id"`
	AppID           string          `json:"app_id"`
	BotID           string          `json:"bot_id"`
	InstalledTeamID string          `json:"app_installed_team_id"`

	suggested map[string][]choice // by block_id and action_id, what the app gave for a menu
}

// viewState is what someone has filled in, by block_id and action_id.
type viewState struct {
	Values map[string]map[string]any `json:"values"`
}

var viewMembers = map[string]rule{
	"private_metadata": str(0, 3000), "callback_id": str(0, longestID), "external_id": str(0, longestID),
	"blocks": func(*checker, string, any) {}, // checked by themselves
}

var viewShapes = map[string]shape{
	"modal": {[]string{"title", "blocks"}, with(viewMembers, map[string]rule{
		"title": plain(24), "submit": plain(24), "close": plain(24),
		"clear_on_close": boolean, "notify_on_close": boolean, "submit_disabled": boolean,
	})},
	"home": {[]string{"blocks"}, viewMembers},
}

// readView reads and checks a view of a kind, with all that it has but its place.
func (w *Workspace) readView(raw json.RawMessage, kind string) (*view, error) {
	if len(raw) > largestView {
		return nil, refuse("view_too_large")
	}
	var object any
	if raw == nil || json.Unmarshal(raw, &object) != nil {
		return nil, refuse("invalid_arguments", "must provide an object [json-pointer:/view]")
	}
	c := &checker{}
	oneOf(map[string]shape{kind: viewShapes[kind]})(c, "/view", object)
	var given struct {
		Blocks json.RawMessage `json:"blocks"`
	}
	_ = json.Unmarshal(raw, &given)
	blocks, wrong := checkBlocks("/view/blocks", given.Blocks, mostViewBlocks, blockName)
	if wrong = append(c.messages, wrong...); wrong != nil {
		return nil, refuse("invalid_arguments", append([]string{"failed to match all allowed schemas [json-pointer:/view]"}, wrong...)...)
	}
	v := &view{suggested: map[string][]choice{}}
	if err := json.Unmarshal(raw, v); err != nil {
		return nil, refuse("invalid_arguments", err.Error())
	}
	v.Blocks = blocks
	for _, n := range parse(blocks) {
		if n.Type == "input" && v.Submit == nil && kind == "modal" {
			return nil, refuse("invalid_arguments", "missing required field: submit [json-pointer:/view]")
		}
	}
	if v.ExternalID != "" && w.named(v.ExternalID) != nil {
		return nil, refuse("duplicate_external_id")
	}
	v.TeamID, v.AppID, v.BotID, v.InstalledTeamID, v.State.Values = Team, AppID, botID, Team, map[string]map[string]any{}
	v.Hash = w.hash()
	return v, nil
}

func (w *Workspace) hash() string {
	return fmt.Sprintf("%d.%s", w.now().Unix(), strings.ToLower(rand.Text()[:8]))
}

// blockName makes an id where the app gave none.
func blockName() string { return rand.Text()[:5] }

// place gives a view its id and where it stands.
func (w *Workspace) place(v, below *view) {
	v.ID = fmt.Sprintf("V0%08d", w.number())
	v.RootViewID = v.ID
	if below != nil {
		v.RootViewID, v.PreviousViewID = below.RootViewID, &below.ID
	}
}

// become makes a view another one that keeps its place.
func (v *view) become(next *view) {
	next.ID, next.RootViewID, next.PreviousViewID = v.ID, v.RootViewID, v.PreviousViewID
	*v = *next
}

// named finds a view by the id that the app gave it.
func (w *Workspace) named(external string) *view {
	return w.find(func(v *view) bool { return v.ExternalID == external })
}

// find finds one of the views that are open or published.
func (w *Workspace) find(is func(*view) bool) *view {
	for _, s := range w.screens {
		for _, v := range append(s.stack[:len(s.stack):len(s.stack)], s.home) {
			if v != nil && is(v) {
				return v
			}
		}
	}
	return nil
}

// told gives a view as control does.
func (w *Workspace) toldView(v *view) *View {
	if v == nil {
		return nil
	}
	told := &View{
		ID: v.ID, Type: v.Type, CallbackID: v.CallbackID, PrivateMetadata: v.PrivateMetadata, ExternalID: v.ExternalID,
		Hash: v.Hash, Blocks: v.Blocks, Reading: w.reader().reading("", v.Blocks),
	}
	for to, from := range map[*string]*words{&told.Title: v.Title, &told.Submit: v.Submit, &told.Close: v.Close} {
		if from != nil {
			*to = from.Text
		}
	}
	return told
}
