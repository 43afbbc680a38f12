//go:build !js

package main

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"os/exec"
	"strings"
)

// Videos take half a minute at most, of 25 pictures a second.
const (
	videoFPS     = 25
	videoSeconds = 30
)

// writeMP4 writes a video, by ffmpeg.
func writeMP4(o *options, traces []*opened) error {
	program, err := exec.LookPath("ffmpeg")
	if err != nil {
		return errors.New("a video needs ffmpeg, which is not installed; write an animation instead: --gif run.gif")
	}
	o.width, o.height = o.width&^1, o.height&^1 // the coder wants even sides
	c, err := newCamera(o, traces)
	if err != nil {
		return err
	}
	f := newFilm(o, traces, videoFPS, videoSeconds)
	ffmpeg := exec.Command(program, "-y", "-loglevel", "error",
		"-f", "rawvideo", "-pix_fmt", "rgba", "-s", fmt.Sprintf("%dx%d", o.width, o.height), "-r", fmt.Sprint(f.fps), "-i", "-",
		"-pix_fmt", "yuv420p", "-movflags", "+faststart", "-f", "mp4", o.mp4)
	var said bytes.Buffer
	ffmpeg.Stderr = &said
	in, err := ffmpeg.StdinPipe()
	if err != nil {
		return err
	}
	if err := ffmpeg.Start(); err != nil {
		return err
	}
	err = f.each(c, func(_ int, img *image.RGBA) error {
		_, err := in.Write(img.Pix)
		return err
	})
	err = errors.Join(err, in.Close())
	if ended := ffmpeg.Wait(); ended != nil {
		return fmt.Errorf("ffmpeg: %w: %s", ended, strings.TrimSpace(said.String()))
	}
	return err
}
