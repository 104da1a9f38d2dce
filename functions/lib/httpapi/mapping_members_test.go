package httpapi_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// differ holds that every member, at any depth, is not the same in all of these
// documents, so that each of them comes back right only if it is mapped. One that
// is added to the contract is nowhere at first, and fails here until a story has
// it. same names the exceptions, with all that is in them, as pointers without the
// numbers of lists.
func differ[T any](t testing.TB, documents []T, same ...string) {
	t.Helper()
	var all []map[string][]string
	for _, document := range documents {
		into := map[string][]string{}
		members(reflect.ValueOf(document), "", into)
		all = append(all, into)
	}
	for _, name := range slices.Sorted(maps.Keys(all[0])) {
		differs := slices.ContainsFunc(all, func(one map[string][]string) bool { return !slices.Equal(one[name], all[0][name]) })
		excepted := slices.ContainsFunc(same, func(at string) bool { return name == at || strings.HasPrefix(name, at+"/") })
		switch {
		case !differs && !excepted:
			t.Errorf("%T: %s is the same in all, %v: if it were not mapped, nobody would notice", documents[0], name, all[0][name])
		case differs && excepted:
			t.Errorf("%T: %s differs, and is no exception", documents[0], name)
		}
	}
}

// members gathers what stands in each member; where it is at its zero value, that
// is nothing.
func members(v reflect.Value, at string, into map[string][]string) {
	_, whole := v.Interface().(json.Marshaler) // a time, say
	switch {
	case v.Kind() == reflect.Struct && !whole:
		for field, value := range v.Fields() {
			name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
			members(value, at+"/"+name, into)
		}
	case v.Kind() == reflect.Slice && v.Type().Elem().Kind() == reflect.Struct:
		members(reflect.Zero(v.Type().Elem()), at, into)
		for i := range v.Len() {
			members(v.Index(i), at, into)
		}
	default:
		into[at] = append(into[at], standing(v)...)
	}
}

func standing(v reflect.Value) []string {
	if list := v.Kind() == reflect.Slice || v.Kind() == reflect.Map; v.IsZero() || list && v.Len() == 0 {
		return nil
	}
	return []string{fmt.Sprint(reflect.Indirect(v))}
}

// like gives a document that came in as it is to come out: its members have the
// same names.
func like[Out any](t testing.TB, in any) (out Out) {
	t.Helper()
	text, err := json.Marshal(in)
	if err != nil {
		t.Fatal(err)
	}
	decoder := json.NewDecoder(strings.NewReader(string(text)))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&out); err != nil {
		t.Fatal(err)
	}
	return out
}

func equal[T any](t testing.TB, what string, want, got T) {
	t.Helper()
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

// tag is the version of a document as Eli finds it.
func (o *office) tag(path string) string {
	o.Helper()
	return o.calls("eli", 200, "GET", path, nil).Header.Get("ETag")
}

// rewrites lets Eli write a document that is there.
func (o *office) rewrites(path string, document any) *http.Response {
	o.Helper()
	return o.calls("eli", 200, "PUT", path, document, "If-Match", o.tag(path))
}

// told is the story of a document of the configuration: what Eli wrote of it, and
// what came back.
type told[In, Out any] struct {
	*office
	path   string
	list   string     // in which it stands; "": in none, and it is there from the beginning
	later  func(*Out) // takes away what only the answer to a write has
	inList func(*Out) // takes away what lists leave out
	sent   []In
	got    []Out
}

// writes lets Eli write the document, and holds that it comes back as he wrote it:
// as the answer, read alone, and in the list. rest adds what he left out, and what
// is only read.
func (d *told[In, Out]) writes(in In, rest func(*Out)) {
	d.Helper()
	var written *http.Response
	if d.list != "" && len(d.sent) == 0 {
		written = d.calls("eli", 201, "PUT", d.path, in, "If-None-Match", "*")
	} else {
		written = d.rewrites(d.path, in)
	}
	want, got := like[Out](d.T, in), read[Out](d.T, written)
	rest(&want)
	equal(d.T, "written", want, got)
	d.sent, d.got = append(d.sent, in), append(d.got, got)

	if d.later != nil {
		d.later(&want)
	}
	reads := d.calls("eli", 200, "GET", d.path, nil)
	equal(d.T, "read", want, read[Out](d.T, reads))
	version := fmt.Sprintf(`"%v.`, reflect.ValueOf(want).FieldByName("Version"))
	for _, tag := range []string{written.Header.Get("ETag"), reads.Header.Get("ETag")} {
		if !strings.HasPrefix(tag, version) {
			d.Errorf("the tag %s of version %s", tag, version)
		}
	}
	if d.list == "" {
		return
	}
	if d.inList != nil {
		d.inList(&want)
	}
	all := listed[Out](d.office, "eli", d.list)
	if !slices.ContainsFunc(all, func(one Out) bool { return cmp.Equal(want, one, cmpopts.EquateEmpty()) }) {
		d.Errorf("the list has not %+v but %+v", want, all)
	}
}

// listed reads a list to its end, two at a time.
func listed[T any](o *office, who, path string) (all []T) {
	o.Helper()
	for next := "?limit=2"; next != ""; {
		page := read[struct {
			Data       []T
			NextCursor string `json:"next_cursor"`
		}](o.T, o.calls(who, 200, "GET", path+next, nil))
		if all, next = append(all, page.Data...), ""; page.NextCursor != "" {
			next = "?limit=2&cursor=" + page.NextCursor
		}
	}
	return all
}
