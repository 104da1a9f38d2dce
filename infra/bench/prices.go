package main

// The on-demand prices in us-east-1 in US dollars for one unit, in the first
// tier and beyond the free one, as known in November 2026. The pages beside them
// have the last word.
const (
	// A state transition is a step executed, retries included. https://aws.amazon.com/step-functions/pricing/
	perTransition = 0.025 / 1e3

	// A unit writes 1 KB or reads 4 KB; transactions and index writes stand in
	// the units. Lambda reads streams for nothing. https://aws.amazon.com/dynamodb/pricing/on-demand/
	perWriteUnit = 0.625 / 1e6
	perReadUnit  = 0.125 / 1e6

	// On arm64. Starting a new environment is billed like running.
	// https://aws.amazon.com/lambda/pricing/
	perInvocation = 0.20 / 1e6
	perGBSecond   = 0.0000133334

	// HTTP APIs, a call up to 512 KB. https://aws.amazon.com/api-gateway/pricing/
	perCall = 1.00 / 1e6

	// FIFO, a request up to 64 KB: each send, receive and delete. https://aws.amazon.com/sqs/pricing/
	perQueueRequest = 0.50 / 1e6

	// https://aws.amazon.com/ses/pricing/
	perMail = 0.10 / 1e3

	// CloudWatch Logs, taken in. https://aws.amazon.com/cloudwatch/pricing/
	perLogGB = 0.50
)

// What only AWS can measure is assumed, on the high side.
const (
	// billed is what an invocation takes in seconds, with a share of cold starts.
	billed = 0.100
	// logged is what an invocation writes to its log in GB: Lambda's START, END
	// and REPORT, and a line of its own.
	logged = 700.0 / 1e9
)

// usage is what a life takes of AWS.
type usage struct {
	transitions   int
	invocations   int
	memory        float64 // of a function, GB
	write, read   float64 // units of DynamoDB
	calls         int     // of the HTTP API
	queueRequests int
	mails         int
}

// line is one position of a bill.
type line struct {
	what  string
	count float64
	price float64 // of the count, US dollars
}

// bill prices a usage.
func (u usage) bill() []line {
	n := float64(u.invocations)
	priced := func(what string, count, each float64) line { return line{what, count, count * each} }
	return []line{
		priced("state transitions", float64(u.transitions), perTransition),
		priced("write units", u.write, perWriteUnit),
		priced("read units", u.read, perReadUnit),
		priced("invocations", n, perInvocation),
		priced("GB-seconds", n*billed*u.memory, perGBSecond),
		priced("API calls", float64(u.calls), perCall),
		priced("KB of logs", n*logged*1e6, perLogGB/1e6),
		priced("queue requests", float64(u.queueRequests), perQueueRequest),
		priced("mails", float64(u.mails), perMail),
	}
}

// total of a bill, US dollars.
func total(lines []line) float64 {
	sum := 0.0
	for _, l := range lines {
		sum += l.price
	}
	return sum
}
