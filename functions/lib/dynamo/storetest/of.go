package storetest

import "latchkey/functions/lib/dynamo"

// Of gives the stores on DynamoDB to the suite.
func Of(s dynamo.Stores) Stores {
	return Stores{Requests: s.Requests, Entitlements: s.Entitlements, Gifts: s.Entitlements, Directory: s.Directory, Memberships: s.Directory,
		Catalog: s.Catalog, Devices: s.Devices, Marks: s.Marks, SlackLinks: s.Directory, Tickets: s.Tickets}
}
