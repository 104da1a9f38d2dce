package main

import (
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"testing"
)

// TestAPictureLosesNothingButItsEmptyStripAndItsRarestColours has a page of two
// flat colours, with more hues in one row than a palette has.
func TestAPictureLosesNothingButItsEmptyStripAndItsRarestColours(t *testing.T) {
	page, card := color.RGBA{30, 33, 39, 255}, color.RGBA{242, 243, 245, 255}
	drawn := image.NewRGBA(image.Rect(0, 0, 300, 400))
	for y := range 400 {
		for x := range 300 {
			drawn.SetRGBA(x, y, page)
			if y < 50 && x >= 10 && x < 290 {
				drawn.SetRGBA(x, y, card)
			}
		}
	}
	for x := range 300 {
		drawn.SetRGBA(x, 60, color.RGBA{uint8(x), uint8(x / 2), 200, 255})
	}
	file := filepath.Join(t.TempDir(), "page.png")
	out, err := os.Create(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := png.Encode(out, drawn); err != nil {
		t.Fatal(err)
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
	if err := shrink([]string{file}); err != nil {
		t.Fatal(err)
	}
	in, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	small, err := png.Decode(in)
	if err != nil {
		t.Fatal(err)
	}
	if size := small.Bounds().Size(); size != image.Pt(300, 69) {
		t.Errorf("the picture is %v, want 300 by the 61 rows that show something and a margin of 8", size)
	}
	if _, paletted := small.(*image.Paletted); !paletted {
		t.Errorf("a %T", small)
	}
	for point, want := range map[image.Point]color.RGBA{{5, 5}: page, {150, 25}: card} {
		r, g, b, _ := small.At(point.X, point.Y).RGBA()
		if got := (color.RGBA{uint8(r >> 8), uint8(g >> 8), uint8(b >> 8), 255}); got != want {
			t.Errorf("at %v: %v, want %v", point, got, want)
		}
	}
}
