package slack

import (
	"math"
	"time"
)

// tier is how often a method may be called in a minute, by Slack's tiers
// (https://docs.slack.dev/apis/web-api/rate-limits).
type tier float64

const (
	tier3   tier = 50
	tier4   tier = 100
	special tier = 600 // "hundreds of requests per minute"
)

// A conversation takes a message a second, and a few at once.
const (
	messagesASecond = 1
	messagesAtOnce  = 5
)

// bucket fills with time and is emptied by calls.
type bucket struct {
	left float64
	at   time.Time
}

// wait takes one call of a bucket, or says how many seconds it has to wait, as
// Retry-After does. The caller holds the lock.
func (w *Workspace) wait(name string, perSecond, atOnce float64) int {
	if w.settings.Pace == 0 {
		return 0
	}
	perSecond, atOnce = perSecond*w.settings.Pace, max(1, atOnce*w.settings.Pace)
	now := w.now()
	b := w.buckets[name]
	if b == nil {
		b = &bucket{left: atOnce, at: now}
		w.buckets[name] = b
	}
	b.left = min(atOnce, b.left+now.Sub(b.at).Seconds()*perSecond)
	b.at = now
	if b.left < 1 {
		return max(1, int(math.Ceil((1-b.left)/perSecond)))
	}
	b.left--
	return 0
}
