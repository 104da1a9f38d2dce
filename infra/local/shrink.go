package main

import (
	"cmp"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"maps"
	"os"
	"slices"
)

// shrink makes pictures of pages small: without the empty strip below the page,
// and in few colours, of which flat pages lose nothing that one sees.
func shrink(files []string) error {
	for _, name := range files {
		if err := shrinkFile(name); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}

func shrinkFile(name string) error {
	in, err := os.Open(name)
	if err != nil {
		return err
	}
	picture, err := png.Decode(in)
	if err := in.Close(); err != nil {
		return err
	}
	if err != nil {
		return err
	}
	out, err := os.Create(name)
	if err != nil {
		return err
	}
	if err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(out, fewColours(trimmed(picture))); err != nil {
		return err
	}
	return out.Close()
}

// trimmed leaves the empty strip at the bottom away, but for a margin.
func trimmed(picture image.Image) image.Image {
	const margin = 8
	whole := picture.Bounds()
	copied := image.NewRGBA(whole)
	draw.Draw(copied, whole, picture, whole.Min, draw.Src)
	bottom := whole.Max.Y
	for bottom > whole.Min.Y && plain(copied, bottom-1) {
		bottom--
	}
	whole.Max.Y = min(whole.Max.Y, bottom+margin)
	return copied.SubImage(whole)
}

// plain tells whether a row has one colour only.
func plain(picture *image.RGBA, y int) bool {
	bounds := picture.Bounds()
	for x := bounds.Min.X + 1; x < bounds.Max.X; x++ {
		if picture.RGBAAt(x, y) != picture.RGBAAt(bounds.Min.X, y) {
			return false
		}
	}
	return true
}

// colours is how many are enough for flat pages with text in them.
const colours = 128

// fewColours gives a picture in a small palette: its commonest colours, exactly,
// and for the others whichever of them is the nearest.
func fewColours(picture image.Image) image.Image {
	bounds := picture.Bounds()
	count := map[color.RGBA]int{}
	each := func(do func(x, y int, c color.RGBA)) {
		for y := bounds.Min.Y; y < bounds.Max.Y; y++ {
			for x := bounds.Min.X; x < bounds.Max.X; x++ {
				do(x, y, picture.At(x, y).(color.RGBA))
			}
		}
	}
	each(func(_, _ int, c color.RGBA) { count[c]++ })
	common := slices.SortedFunc(maps.Keys(count), func(a, b color.RGBA) int {
		return cmp.Or(cmp.Compare(count[b], count[a]), cmp.Compare(fmt.Sprint(a), fmt.Sprint(b)))
	})
	var palette color.Palette
	for _, c := range common[:min(len(common), colours)] {
		palette = append(palette, c)
	}
	nearest := map[color.RGBA]uint8{}
	for c := range count {
		nearest[c] = uint8(palette.Index(c))
	}
	out := image.NewPaletted(bounds, palette)
	each(func(x, y int, c color.RGBA) { out.SetColorIndex(x, y, nearest[c]) })
	return out
}
