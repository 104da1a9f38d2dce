package dynamo

import (
	"fmt"
	"reflect"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
)

// filled gives a value in which nothing is zero, so that a record which forgets
// a member is found.
func filled[T any]() T {
	var value T
	count := 0
	fill(reflect.ValueOf(&value).Elem(), &count)
	return value
}

func fill(v reflect.Value, count *int) {
	*count++
	switch v.Interface().(type) {
	case time.Time:
		v.Set(reflect.ValueOf(time.Date(2026, 3, 2, 9, 0, *count, 1e6, time.UTC)))
		return
	case access.Duration:
		v.Set(reflect.ValueOf(access.Duration(time.Duration(*count) * time.Second)))
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i), count)
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		fill(v.Index(0), count)
		fill(v.Index(1), count)
	case reflect.Map:
		key, value := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
		fill(key, count)
		fill(value, count)
		v.Set(reflect.MakeMap(v.Type()))
		v.SetMapIndex(key, value)
	case reflect.String:
		v.SetString(fmt.Sprintf("text-%d", *count))
	case reflect.Int:
		v.SetInt(int64(*count))
	case reflect.Bool:
		v.SetBool(true)
	default:
		panic("a record of " + v.Kind().String())
	}
}

func TestARecordForgetsNothing(t *testing.T) {
	request := filled[access.Request]()
	it, err := requestRow(request, "hash")
	check(t, request, err, func() (access.Request, error) {
		stored, err := readRequest(it)
		return stored.Request, err
	})
	checkContent(t, func(f access.Flow) any { return flowContent(f) }, readFlow)
	checkContent(t, func(r access.Resource) any { return resourceContent(r) }, readResource)
	checkContent(t, func(s access.Settings) any { return settingsRecord(s) }, readSettings)
	checkContent(t, func(p app.Person) any { return personContent(p) }, readPerson)
	checkContent(t, func(d app.Delegation) any { return delegationContent(d) }, readDelegation)
}

func checkContent[T any](t *testing.T, content func(T) any, read func(item) (T, error)) {
	t.Helper()
	value := filled[T]()
	it, err := row("pk", "sk", content(value))
	check(t, value, err, func() (T, error) { return read(it) })
}

func check[T any](t *testing.T, value T, err error, read func() (T, error)) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	got, err := read()
	if diff := cmp.Diff(value, got); err != nil || diff != "" {
		t.Errorf("%T: %v (-written +read):\n%s", value, err, diff)
	}
}
