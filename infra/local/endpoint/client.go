package endpoint

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
)

// Client uses the control of an endpoint that runs elsewhere.
type Client struct {
	Base string // "http://127.0.0.1:4004"
	HTTP *http.Client
}

// Calls lists what came to a path, the oldest first.
func (c Client) Calls(ctx context.Context, path string) (list []Call, err error) {
	err = c.call(ctx, http.MethodGet, "/calls", path, nil, &list)
	return list, err
}

// Holders lists who has access at a path.
func (c Client) Holders(ctx context.Context, path string) (list []string, err error) {
	err = c.call(ctx, http.MethodGet, "/holders", path, nil, &list)
	return list, err
}

// Meet lets the calls of a path meet trouble from now on; none ends it.
func (c Client) Meet(ctx context.Context, path string, troubles ...Trouble) error {
	return c.call(ctx, http.MethodPut, "/troubles", path, append([]Trouble{}, troubles...), nil)
}

func (c Client) call(ctx context.Context, method, what, path string, body, answer any) error {
	text, err := json.Marshal(body)
	if err != nil {
		return err
	}
	r, err := http.NewRequestWithContext(ctx, method, c.Base+what+"?path="+url.QueryEscape(path), bytes.NewReader(text))
	if err != nil {
		return err
	}
	res, err := c.HTTP.Do(r)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	said, err := io.ReadAll(res.Body)
	switch {
	case err != nil:
		return err
	case res.StatusCode/100 != 2:
		return fmt.Errorf("%s %s: %d %s", method, what, res.StatusCode, bytes.TrimSpace(said))
	case answer == nil:
		return nil
	}
	return json.Unmarshal(said, answer)
}
