package window

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"fmt"
	"image"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/hajimehoshi/ebiten/v2"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/viz/draw"
	"github.com/harmproof/harmproof/viz/draw/gallery"
	"github.com/harmproof/harmproof/viz/raster"
	"github.com/harmproof/harmproof/viz/view"
)

// A window needs the main goroutine, and a machine without a graphics card may end the
// whole process. So what is painted on a screen is painted by another process: this test
// again, which finds in the environment where to write the pixels.
const painted = "HARMPROOF_PAINTED"

func TestMain(m *testing.M) {
	if name := os.Getenv(painted); name != "" {
		if err := paintAll(name); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

func pictures() []gallery.Picture { return append(gallery.Pictures(), gallery.Plant()) }

// paintAll paints all pictures in a window and writes their pixels into a file.
func paintAll(name string) error {
	file, err := os.Create(name)
	if err != nil {
		return err
	}
	defer file.Close()
	return Run(&exhibition{pictures: pictures(), file: file}, Options{Title: "harmproof: test of its painter"})
}

// An exhibition paints one picture after the other, and writes what the screen got.
type exhibition struct {
	pictures []gallery.Picture
	file     *os.File
	painter  painter
	updates  int
}

func (e *exhibition) Draw(l *draw.List) { l.Fill(draw.Rect{W: 9999, H: 9999}, 0, 0xFFFFFFFF) }

func (e *exhibition) Update(in view.Input) error {
	if e.updates++; e.updates < 3 { // after the window has been seen to draw
		return nil
	}
	if in.Width < 100 || in.Height < 100 || in.Scale <= 0 || in.Elapsed < 0 || in.Elapsed > time.Minute {
		return fmt.Errorf("the window says %+v", in)
	}
	if len(e.pictures) == 0 {
		return ErrClosed
	}
	p := &e.pictures[0]
	e.pictures = e.pictures[1:]
	screen := ebiten.NewImage(p.Width, p.Height)
	defer screen.Deallocate()
	e.painter.paint(screen, &p.List)
	pixels := make([]byte, 4*p.Width*p.Height)
	screen.ReadPixels(pixels)
	return binary.Write(e.file, binary.LittleEndian, pixels)
}

// display returns the environment of a process that can open windows, and skips the test
// where there is none.
func display(t *testing.T) []string {
	env := append(os.Environ(), "LIBGL_ALWAYS_SOFTWARE=1")
	if os.Getenv("DISPLAY") != "" {
		return env
	}
	xvfb, err := exec.LookPath("Xvfb")
	if err != nil {
		t.Skip("there is no display and no Xvfb: apt-get install xvfb libgl1 libgl1-mesa-dri libxcursor1 libxi6 libxinerama1 libxrandr2 libxrender1")
	}
	number, write, err := os.Pipe()
	require.NoError(t, err)
	defer number.Close()
	cmd := exec.Command(xvfb, "-displayfd", "3", "-screen", "0", "1400x900x24", "-nolisten", "tcp")
	cmd.ExtraFiles = []*os.File{write}
	require.NoError(t, cmd.Start())
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	require.NoError(t, write.Close())
	line, err := bufio.NewReader(number).ReadString('\n')
	require.NoError(t, err, "Xvfb did not start")
	return append(env, "DISPLAY=:"+strings.TrimSpace(line))
}

// Both painters paint the same pictures.
func TestPaintersAgree(t *testing.T) {
	env := display(t)
	self, err := os.Executable()
	require.NoError(t, err)
	name := t.TempDir() + "/pixels"
	cmd := exec.Command(self)
	cmd.Env = append(env, painted+"="+name)
	out, err := cmd.CombinedOutput()
	require.NoError(t, err, "%s", out)
	all, err := os.ReadFile(name)
	require.NoError(t, err)
	pixels := bytes.NewReader(all)
	for _, p := range pictures() {
		screen := image.NewRGBA(image.Rect(0, 0, p.Width, p.Height))
		require.NoError(t, binary.Read(pixels, binary.LittleEndian, screen.Pix))
		mine := raster.Image(&p.List, p.Width, p.Height)
		sum, most, off := 0, 0, 0
		for i := range mine.Pix {
			d := int(mine.Pix[i]) - int(screen.Pix[i])
			d = max(d, -d)
			sum, most = sum+d, max(most, d)
			if d > 8 {
				off++
			}
		}
		mean := float64(sum) / float64(len(mine.Pix))
		t.Logf("%-8s mean %.4f of 255, most %d, %d bytes of %d off by more than 8", p.Name, mean, most, off, len(mine.Pix))
		require.Less(t, mean, 1.0, p.Name)
		require.Less(t, off, len(mine.Pix)/500, p.Name)
	}
	require.Zero(t, pixels.Len())
}
