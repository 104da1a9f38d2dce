package main

import (
	"crypto/ed25519"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"syscall"
	"time"
)

// State is what the agent keeps on disk, readable by its own user alone.
type State struct {
	Server   string    `json:"server"`
	Device   string    `json:"device"`
	Seed     string    `json:"seed"` // of the Ed25519 key (RFC 8032), base64url
	NextSeed string    `json:"next_seed,omitempty"`
	KeyMade  time.Time `json:"key_made"`
	Reserved int64     `json:"reserved"` // no call has a higher number
	Accounts []string  `json:"given"`
	Applied  bool      `json:"applied"` // whether they were given in earnest

	seq  int64 // of the last call
	path string
}

const stateFile = "state.json"

// open locks a folder, so that no two agents act at once, and reads its state.
// The lock ends with the process.
func open(folder string) (*State, error) {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, err
	}
	lock, err := os.OpenFile(filepath.Join(folder, "lock"), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(lock.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		return nil, fmt.Errorf("another agent uses %s: %w", folder, err)
	}
	s := &State{path: filepath.Join(folder, stateFile)}
	return s, s.read()
}

// read reads the file; there is none before the first save.
func (s *State) read() error {
	text, err := os.ReadFile(s.path)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	if err := json.Unmarshal(text, s); err != nil {
		return fmt.Errorf("%s: %w", s.path, err)
	}
	s.seq = s.Reserved
	return nil
}

// save replaces the file, so that a crash leaves the old one or the new one.
func (s *State) save() error {
	text, err := json.MarshalIndent(s, "", "  ")
	if err != nil {
		return err
	}
	return replace(s.path, text)
}

func replace(path string, text []byte) error {
	file, err := os.CreateTemp(filepath.Dir(path), ".new-*")
	if err != nil {
		return err
	}
	defer os.Remove(file.Name())
	_, err = file.Write(append(text, '\n'))
	err = errors.Join(err, file.Sync(), file.Close())
	if err != nil {
		return err
	}
	if err := os.Rename(file.Name(), path); err != nil {
		return err
	}
	folder, err := os.Open(filepath.Dir(path))
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}

// Has tells whether the agent gave an account its rights.
func (s *State) Has(account string) bool { return slices.Contains(s.Accounts, account) }

// begins notes whether the agent acts in earnest. What one gave in earnest, a
// rehearsal could only forget.
func (s *State) begins(apply bool) error {
	if len(s.Accounts) > 0 && s.Applied != apply {
		return errors.New("the agent before gave rights with the other choice of -apply, and has not taken them: run it that way once")
	}
	s.Applied = apply
	return s.save()
}

// All lists those accounts.
func (s *State) All() []string { return slices.Clone(s.Accounts) }

// Add notes one.
func (s *State) Add(account string) error {
	if !s.Has(account) {
		s.Accounts = append(s.Accounts, account)
	}
	return s.save()
}

// Remove forgets one.
func (s *State) Remove(account string) error {
	s.Accounts = slices.DeleteFunc(s.Accounts, func(a string) bool { return a == account })
	return s.save()
}

// reservation is how many numbers are put by at once, so that not every call is a
// write to the disk: an hour's worth.
const reservation = 3600 * 1000

// next gives the number of the next call. It goes with the clock where that is
// ahead, so that a state which was restored from a backup catches up.
func (s *State) next(now time.Time) (int64, error) {
	s.seq = max(s.seq+1, now.UnixMilli())
	if s.seq <= s.Reserved {
		return s.seq, nil
	}
	s.Reserved = s.seq + reservation
	return s.seq, s.save()
}

func key(seed string) (ed25519.PrivateKey, error) {
	raw, err := base64.RawURLEncoding.DecodeString(seed)
	if err != nil || len(raw) != ed25519.SeedSize {
		return nil, errors.New("this device is not enrolled: there is no key")
	}
	return ed25519.NewKeyFromSeed(raw), nil
}

func newSeed() (string, error) {
	_, private, err := ed25519.GenerateKey(nil)
	if err != nil {
		return "", err
	}
	return base64.RawURLEncoding.EncodeToString(private.Seed()), nil
}
