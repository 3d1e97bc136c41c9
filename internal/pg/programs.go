package pg

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"zhengxin/internal/fault"
)

// programs is one installed PostgreSQL: the folder of its programs and its
// major version.
type programs struct {
	dir   string
	major int
}

func (p programs) path(name string) string { return filepath.Join(p.dir, name) }

// places where distributions put them: Debian; RHEL, openEuler and Kylin.
var programFolders = []string{"/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin"}

// installed lists the PostgreSQL servers of this machine, newest first.
func installed() []programs {
	var dirs []string
	for _, pattern := range programFolders {
		found, _ := filepath.Glob(pattern)
		dirs = append(dirs, found...)
	}
	if path, err := exec.LookPath("postgres"); err == nil {
		if real, err := filepath.EvalSymlinks(path); err == nil {
			dirs = append(dirs, filepath.Dir(real))
		}
	}
	var all []programs
	for _, dir := range dirs {
		p := programs{dir: dir}
		if _, err := os.Stat(p.path("initdb")); err != nil {
			continue
		}
		text, err := exec.Command(p.path("postgres"), "--version").Output()
		if err != nil {
			continue
		}
		if p.major = majorOf(string(text)); p.major > 0 {
			all = append(all, p)
		}
	}
	slices.SortStableFunc(all, func(a, b programs) int { return b.major - a.major })
	return all
}

// majorOf reads 15 out of "postgres (PostgreSQL) 15.18 (Debian 15.18-0)", and
// 19 out of "postgres (PostgreSQL) 19beta1".
func majorOf(text string) int {
	_, version, _ := strings.Cut(text, "(PostgreSQL) ")
	end := strings.IndexFunc(version, func(r rune) bool { return r < '0' || r > '9' })
	if end < 0 {
		end = len(version)
	}
	n, _ := strconv.Atoi(version[:end])
	return n
}

// choose takes the newest programs for a new folder, and for an existing one
// those of the version that made it, however new the others are.
func choose(all []programs, data string) (programs, error) {
	if len(all) == 0 {
		return programs{}, fault.New(fault.NotFound,
			"没有找到 PostgreSQL 服务器程序，请先安装：apt-get install postgresql"+
				"（或用 ZHENGXIN_DATABASE_URL 指定现有的服务器）。"+
				"No PostgreSQL server programs found: install the Debian package postgresql, or set ZHENGXIN_DATABASE_URL.")
	}
	text, err := os.ReadFile(filepath.Join(data, "PG_VERSION"))
	if os.IsNotExist(err) {
		return all[0], nil
	}
	if err != nil {
		return programs{}, err
	}
	made := strings.TrimSpace(string(text))
	for _, p := range all {
		if strconv.Itoa(p.major) == made {
			return p, nil
		}
	}
	return programs{}, fault.New(fault.Conflict,
		"数据文件夹 %[1]s 是 PostgreSQL %[2]s 建立的，而本机只有 PostgreSQL %[3]d，数据没有改动：请安装 PostgreSQL %[2]s"+
			"（apt-get install postgresql-%[2]s）后再启动，或在装有 %[2]s 的机器上用 zhengxin backup 备份，再到新的数据文件夹用 zhengxin restore 恢复。"+
			"The folder %[1]s was made by PostgreSQL %[2]s but this machine has %[3]d; nothing was changed: "+
			"install postgresql-%[2]s, or back up with it and restore into a new data folder.",
		data, made, all[0].major)
}
