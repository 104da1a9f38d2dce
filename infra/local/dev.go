package main

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudformation"
	"github.com/aws/aws-sdk-go-v2/service/lambda"
)

// edited replaces what one edits on a stack that runs: a function whose binary
// changed by the new one, and the pages of the portal by Vite.
func edited(ctx context.Context, r *running) error {
	page, err := r.startVite()
	if err != nil {
		return err
	}
	w, err := newWatch(ctx, r)
	if err != nil {
		return err
	}
	fmt.Printf("\nThe portal as one edits it, signed in as ana (or whom LATCHKEY_AS names): %s\nEdit: changed functions are replaced.\n", page)
	go w.run(ctx)
	return nil
}

// startVite serves the web app as it is edited, over this stack, and gives its
// address.
func (r *running) startVite() (string, error) {
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	port := free.Addr().(*net.TCPAddr).Port
	free.Close()
	_, err = r.adopt(start("web app", task{
		argv: []string{"npm", "--prefix", "functions/portal/web", "run", "dev", "--", "--port", strconv.Itoa(port), "--strictPort"},
		dir:  r.places.root, env: os.Environ(), log: r.places.log("vite")}))
	return "http://" + address(port), err
}

// watch looks for changes of the functions' sources.
type watch struct {
	*running
	names    map[string]string // of the functions in the emulator, by their folders
	deployed map[string][32]byte
	seen     string
}

func newWatch(ctx context.Context, r *running) (*watch, error) {
	w := &watch{running: r, names: map[string]string{}, deployed: map[string][32]byte{}}
	made, err := cloudformation.NewFromConfig(r.config()).DescribeStackResources(ctx,
		&cloudformation.DescribeStackResourcesInput{StackName: &r.Name})
	if err != nil {
		return nil, err
	}
	for _, resource := range made.StackResources {
		if aws.ToString(resource.ResourceType) == "AWS::Lambda::Function" {
			folder := strings.ToLower(strings.TrimSuffix(aws.ToString(resource.LogicalResourceId), "Function"))
			w.names[folder] = aws.ToString(resource.PhysicalResourceId)
		}
	}
	for folder := range w.names {
		if binary, err := os.ReadFile(w.binary(folder)); err == nil {
			w.deployed[folder] = sha256.Sum256(binary)
		}
	}
	w.seen, err = sources(filepath.Join(r.places.root, "functions"))
	return w, err
}

func (w *watch) binary(folder string) string {
	return filepath.Join(w.places.root, ".aws-sam", "functions", architecture(), folder)
}

// glance is how often sources are looked at.
const glance = 300 * time.Millisecond

func (w *watch) run(ctx context.Context) {
	for next := time.NewTicker(glance); ; {
		select {
		case <-ctx.Done():
			next.Stop()
			return
		case <-next.C:
		}
		now, err := sources(filepath.Join(w.places.root, "functions"))
		if err != nil || now == w.seen {
			continue // a file may be gone in the middle of a look; the next one sees it
		}
		w.seen = now
		began := time.Now()
		// The API first: that is where one looks.
		err = w.replace(ctx, began, "FUNCTIONS=api")
		if err == nil {
			err = w.replace(ctx, began)
		}
		if err != nil && ctx.Err() == nil {
			say("%v", err)
		}
	}
}

// sources tells one state of the Go files, and of what they embed, from another.
// The web app's are Vite's.
func sources(root string) (string, error) {
	var out strings.Builder
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if slices.Contains([]string{"web", "dist", "testdata", "pictures"}, d.Name()) {
				return fs.SkipDir
			}
			return nil
		}
		info, err := d.Info()
		if err == nil && !strings.HasSuffix(path, "_test.go") {
			fmt.Fprintln(&out, path, info.Size(), info.ModTime().UnixNano())
		}
		return err
	})
	return out.String(), err
}

// replace builds functions and gives the emulator those that are others now.
func (w *watch) replace(ctx context.Context, began time.Time, settings ...string) error {
	if err := makeFunctions(ctx, w.places, w.Stack, settings...); err != nil {
		return err
	}
	api := lambda.NewFromConfig(w.config())
	var replaced []string
	for folder, name := range w.names {
		binary, err := os.ReadFile(w.binary(folder))
		if err != nil {
			return err
		}
		sum := sha256.Sum256(binary)
		if w.deployed[folder] == sum {
			continue
		}
		code, err := zipped(binary)
		if err != nil {
			return err
		}
		if _, err := api.UpdateFunctionCode(ctx, &lambda.UpdateFunctionCodeInput{FunctionName: &name, ZipFile: code}); err != nil {
			return err
		}
		w.deployed[folder] = sum
		replaced = append(replaced, folder)
	}
	if slices.Sort(replaced); len(replaced) > 0 {
		say("Replaced after %.1f s: %s", time.Since(began).Seconds(), strings.Join(replaced, ", "))
	}
	return nil
}

// zipped packs a binary as Lambda wants it.
func zipped(binary []byte) ([]byte, error) {
	var out bytes.Buffer
	archive := zip.NewWriter(&out)
	header := &zip.FileHeader{Name: "bootstrap", Method: zip.Store}
	header.SetMode(0o755)
	entry, err := archive.CreateHeader(header)
	if err == nil {
		_, err = entry.Write(binary)
	}
	if err == nil {
		err = archive.Close()
	}
	return out.Bytes(), err
}
