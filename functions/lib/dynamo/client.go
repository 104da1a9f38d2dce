package dynamo

import (
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

// Stores are the stores of package app. Directory is its Memberships too.
type Stores struct {
	Requests     *Requests
	Entitlements *Entitlements
	Directory    *Directory
	Catalog      *Catalog
	Marks        *Marks
}

var (
	_ app.Requests     = (*Requests)(nil)
	_ app.Entitlements = (*Entitlements)(nil)
	_ app.Directory    = (*Directory)(nil)
	_ app.Memberships  = (*Directory)(nil)
	_ app.Catalog      = (*Catalog)(nil)
	_ app.Marks        = (*Marks)(nil)
)

// New gives the stores that are kept in these tables.
func New(client *dynamodb.Client, tables Tables) Stores {
	db := database{client: client}
	return Stores{
		Requests:     &Requests{db: db, tables: tables},
		Entitlements: &Entitlements{db: db, table: tables.Entitlements},
		Directory:    &Directory{db: db, table: tables.Directory},
		Catalog:      &Catalog{db: db, tables: tables},
		Marks:        &Marks{db: db, table: tables.Requests},
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
