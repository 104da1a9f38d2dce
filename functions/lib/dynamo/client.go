package dynamo

import (
	"context"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"

	"latchkey/functions/lib/app"
)

// Tables names the tables. A function that is not given a table leaves its name
// empty and does not use its stores.
type Tables struct {
	Requests     string `env:"REQUESTS_TABLE" json:"requests"`
	Entitlements string `env:"ENTITLEMENTS_TABLE" json:"entitlements"`
	Directory    string `env:"DIRECTORY_TABLE" json:"directory"`
	Catalog      string `env:"CATALOG_TABLE" json:"catalog"`
}

// Stores are the stores of package app. Directory is its Memberships and
// SlackLinks too.
type Stores struct {
	Requests     *Requests
	Entitlements *Entitlements
	Directory    *Directory
	Catalog      *Catalog
	Devices      *Devices
	Marks        *Marks
	Tickets      *Tickets
}

var (
	_ app.Requests     = (*Requests)(nil)
	_ app.Entitlements = (*Entitlements)(nil)
	_ app.Directory    = (*Directory)(nil)
	_ app.Memberships  = (*Directory)(nil)
	_ app.SlackLinks   = (*Directory)(nil)
	_ app.Catalog      = (*Catalog)(nil)
	_ app.Devices      = (*Devices)(nil)
	_ app.Marks        = (*Marks)(nil)
	_ app.Tickets      = (*Tickets)(nil)
)

// operations are those of DynamoDB that the stores use. They are functions and
// not the client: in a program with templates, which look methods up by name,
// the linker keeps every method of a type that is ever put into an interface,
// and for the client those are 2 MB.
type operations struct {
	GetItem            operation[dynamodb.GetItemInput, dynamodb.GetItemOutput]
	BatchGetItem       operation[dynamodb.BatchGetItemInput, dynamodb.BatchGetItemOutput]
	Query              operation[dynamodb.QueryInput, dynamodb.QueryOutput]
	PutItem            operation[dynamodb.PutItemInput, dynamodb.PutItemOutput]
	UpdateItem         operation[dynamodb.UpdateItemInput, dynamodb.UpdateItemOutput]
	DeleteItem         operation[dynamodb.DeleteItemInput, dynamodb.DeleteItemOutput]
	TransactWriteItems operation[dynamodb.TransactWriteItemsInput, dynamodb.TransactWriteItemsOutput]
}

type operation[In, Out any] func(context.Context, *In, ...func(*dynamodb.Options)) (*Out, error)

// New gives the stores that are kept in these tables.
func New(client *dynamodb.Client, tables Tables) Stores {
	db := database{client: operations{client.GetItem, client.BatchGetItem, client.Query, client.PutItem,
		client.UpdateItem, client.DeleteItem, client.TransactWriteItems}}
	return Stores{
		Requests:     &Requests{db: db, tables: tables},
		Entitlements: &Entitlements{db: db, table: tables.Entitlements},
		Directory:    &Directory{db: db, table: tables.Directory},
		Catalog:      &Catalog{db: db, tables: tables},
		Devices:      &Devices{db: db, table: tables.Directory, entitlements: tables.Entitlements},
		Marks:        &Marks{db: db, table: tables.Requests},
		Tickets:      &Tickets{db: db, table: tables.Requests},
	}
}

// Client makes a client that tries again, four times in all, what DynamoDB was
// too busy to do or what got lost. Waits stay short: someone waits for the
// answer.
func Client(cfg aws.Config, options ...func(*dynamodb.Options)) *dynamodb.Client {
	defaults := func(o *dynamodb.Options) {
		o.Retryer = retry.NewStandard(func(s *retry.StandardOptions) {
			s.MaxAttempts = 4
			s.Backoff = retry.NewExponentialJitterBackoff(time.Second)
			s.Retryables = append(s.Retryables, retry.IsErrorRetryableFunc(busy))
		})
		// DynamoDB Local and the emulator send checksums that do not match what
		// they send.
		o.DisableValidateResponseChecksum = cfg.BaseEndpoint != nil
	}
	return dynamodb.NewFromConfig(cfg, append([]func(*dynamodb.Options){defaults}, options...)...)
}
