package dynamolocal

import (
	"fmt"
	"os"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/goccy/go-yaml"
)

// described is what template.yaml says of a table's keys and indexes.
type described struct {
	Attributes []struct {
		Name string `yaml:"AttributeName"`
		Type string `yaml:"AttributeType"`
	} `yaml:"AttributeDefinitions"`
	Keys    []keyElement `yaml:"KeySchema"`
	Indexes []struct {
		Name       string       `yaml:"IndexName"`
		Keys       []keyElement `yaml:"KeySchema"`
		Projection struct {
			Type string `yaml:"ProjectionType"`
		} `yaml:"Projection"`
	} `yaml:"GlobalSecondaryIndexes"`
}

type keyElement struct {
	Name string `yaml:"AttributeName"`
	Type string `yaml:"KeyType"`
}

// readTemplate reads the tables of a template by their logical names.
func readTemplate(path string) (map[string]described, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var template struct {
		Resources map[string]struct {
			Type       string `yaml:"Type"`
			Properties any    `yaml:"Properties"`
		} `yaml:"Resources"`
	}
	if err := yaml.Unmarshal(data, &template); err != nil {
		return nil, err
	}
	tables := map[string]described{}
	for name, resource := range template.Resources {
		if resource.Type != "AWS::DynamoDB::Table" {
			continue
		}
		properties, err := yaml.Marshal(resource.Properties)
		if err != nil {
			return nil, err
		}
		var table described
		if err := yaml.Unmarshal(properties, &table); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		tables[name] = table
	}
	return tables, nil
}

func (d described) input(name string) *dynamodb.CreateTableInput {
	in := &dynamodb.CreateTableInput{TableName: &name, BillingMode: types.BillingModePayPerRequest, KeySchema: schema(d.Keys)}
	for _, a := range d.Attributes {
		in.AttributeDefinitions = append(in.AttributeDefinitions, types.AttributeDefinition{
			AttributeName: &a.Name, AttributeType: types.ScalarAttributeType(a.Type)})
	}
	for _, index := range d.Indexes {
		in.GlobalSecondaryIndexes = append(in.GlobalSecondaryIndexes, types.GlobalSecondaryIndex{
			IndexName: &index.Name, KeySchema: schema(index.Keys),
			Projection: &types.Projection{ProjectionType: types.ProjectionType(index.Projection.Type)}})
	}
	return in
}

func schema(keys []keyElement) []types.KeySchemaElement {
	var out []types.KeySchemaElement
	for _, k := range keys {
		out = append(out, types.KeySchemaElement{AttributeName: &k.Name, KeyType: types.KeyType(k.Type)})
	}
	return out
}
