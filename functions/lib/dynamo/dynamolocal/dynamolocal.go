// Package dynamolocal gives tests Amazon's DynamoDB Local: fetched once into
// .local, started as a process of its own for each test binary, with the tables
// of template.yaml.
//
// It listens on every interface, as Amazon's program does, on a free port and
// for as long as the tests run.
package dynamolocal

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"

	"latchkey/functions/lib/dynamo"
)

// Local is a running DynamoDB.
type Local struct{ Endpoint string }

var start = sync.OnceValues(func() (*Local, error) {
	root, err := repository()
	if err != nil {
		return nil, err
	}
	lib, err := fetch(root)
	if err != nil {
		return nil, err
	}
	endpoint, err := launch(lib)
	return &Local{endpoint}, err
})

// Start gives the test binary's DynamoDB Local, which ends with it. It fails
// the test if Java 17 or Maven is missing.
func Start(tb testing.TB) *Local {
	tb.Helper()
	local, err := start()
	if err != nil {
		tb.Fatalf("DynamoDB Local: %v", err)
	}
	return local
}

// Config is a configuration whose endpoint is this DynamoDB.
func (l *Local) Config() aws.Config {
	return aws.Config{
		Region: "eu-west-1", BaseEndpoint: aws.String(l.Endpoint),
		Credentials: credentials.NewStaticCredentialsProvider("local", "local", ""),
		HTTPClient:  &http.Client{Timeout: 10 * time.Second, Transport: &http.Transport{MaxIdleConnsPerHost: 100}},
	}
}

// Client makes a client of this DynamoDB, as the functions make theirs.
func (l *Local) Client(options ...func(*dynamodb.Options)) *dynamodb.Client {
	return dynamo.Client(l.Config(), options...)
}

var made atomic.Int32

// Tables makes four new, empty tables as template.yaml describes them.
func (l *Local) Tables(tb testing.TB) dynamo.Tables {
	tb.Helper()
	client, prefix := l.Client(), "test"+strconv.Itoa(int(made.Add(1)))+"-"
	for logical, table := range Described(tb) {
		table.TableName = aws.String(prefix + logical)
		if _, err := client.CreateTable(context.Background(), table); err != nil {
			tb.Fatalf("table %s: %v", logical, err)
		}
	}
	return dynamo.Tables{Requests: prefix + "Requests", Entitlements: prefix + "Entitlements",
		Directory: prefix + "Directory", Catalog: prefix + "Catalog"}
}

// Described gives the four tables by their names in template.yaml, as one would
// make them.
func Described(tb testing.TB) map[string]*dynamodb.CreateTableInput {
	tb.Helper()
	root, err := repository()
	if err != nil {
		tb.Fatal(err)
	}
	described, err := readTemplate(filepath.Join(root, "template.yaml"))
	if err != nil {
		tb.Fatalf("template.yaml: %v", err)
	}
	tables := map[string]*dynamodb.CreateTableInput{}
	for _, logical := range []string{"Requests", "Entitlements", "Directory", "Catalog"} {
		table, ok := described[logical]
		if !ok {
			tb.Fatalf("template.yaml has no table %s", logical)
		}
		tables[logical] = table.input(logical)
	}
	return tables
}

// repository finds the folder of go.mod.
func repository() (string, error) {
	dir, err := os.Getwd()
	for err == nil {
		if _, found := os.Stat(filepath.Join(dir, "go.mod")); found == nil {
			return dir, nil
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			err = fmt.Errorf("no go.mod above the tests")
		}
		dir = parent
	}
	return "", err
}
