// Package awsenv makes what a main needs from its environment: the AWS
// configuration, and the function's own settings.
//
// The configuration is built by hand. The SDK's LoadDefaultConfig looks for
// files, profiles and instance roles that a Lambda function never has, and
// costs every cold start for it.
package awsenv
