// Command shapegen writes, as Go data, what the contract demands of each call:
// its parameters and the shape of its body. It refuses a contract that demands
// something which package shape does not check, so nothing is lost on the way.
//
//	shapegen openapi.yaml shapes.gen.go
package main

import (
	"log"
	"os"
)

func main() {
	log.SetFlags(0)
	if len(os.Args) != 3 {
		log.Fatal("usage: shapegen openapi.yaml shapes.gen.go")
	}
	document, err := os.ReadFile(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	source, err := generate(document)
	if err != nil {
		log.Fatal(err)
	}
	if err := os.WriteFile(os.Args[2], source, 0o644); err != nil {
		log.Fatal(err)
	}
}
