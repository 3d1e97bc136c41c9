// Command zhengxin is the 政务诚信投诉监督平台: the public site, the staff desk
// and the worker in one program, and the commands that look after them. It
// reads the settings, builds what a process needs, and runs it; everything else
// has its own package.
package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
	"time"

	"github.com/alecthomas/kong"

	"zhengxin/internal/config"
	"zhengxin/internal/fault"
)

// commands is the command line.
type commands struct {
	All     allCommand     `cmd:"" help:"一次启动公众门户、工作台和后台任务，供试用和很小的机构（全部密钥在一个进程里；第一次启动时自动建库、装入演示数据）"`
	Portal  portalCommand  `cmd:"" help:"只启动公众门户，只读 portal.key"`
	Admin   adminCommand   `cmd:"" help:"只启动工作台，只读 office.key"`
	Worker  workerCommand  `cmd:"" help:"只启动后台任务，只读 office.key"`
	Migrate migrateCommand `cmd:"" help:"把数据库升到本程序的版本"`
	Demo    demoCommand    `cmd:"" help:"在空数据库里装入演示数据"`
	Staff   staffCommands  `cmd:"" help:"工作人员账号"`
	Import  importCommands `cmd:"" help:"从文件导入"`
	Keys    keysCommands   `cmd:"" help:"密钥文件"`
	Verify  verifyCommand  `cmd:"" help:"核对全部事项的记录有没有被改动"`
	Backup  backupCommand  `cmd:"" help:"加密备份数据库（密钥另存）"`
	Restore restoreCommand `cmd:"" help:"把备份恢复到空的数据库"`
	Drill   drillCommand   `cmd:"" help:"演练：把备份恢复到临时的数据库，核对，说出用了多久"`
	Config  configCommand  `cmd:"" help:"显示实际生效的设置（密码已遮盖）"`
	Schema  schemaCommand  `cmd:"" hidden:"" help:"print the whole database schema as SQL"`
}

// program is what every command is given.
type program struct {
	config config.Config
	in     io.Reader
	out    io.Writer // what was asked for
	log    *slog.Logger
	jobLog *slog.Logger // the job queue's own, which tells too much of itself
	now    func() time.Time
	random io.Reader
}

func main() { os.Exit(run(os.Args[1:])) }

func run(args []string) int {
	// Pages are many small pieces: collecting less often is a quarter more of
	// them a second, and the limit keeps the memory where it was.
	debug.SetGCPercent(400)
	debug.SetMemoryLimit(192 << 20)
	ctx, cancel := untilInterrupted()
	defer cancel()
	err := execute(ctx, args)
	switch {
	case err == nil:
		return 0
	case ctx.Err() != nil && errors.Is(err, context.Canceled):
		return 130 // stopped before it had begun
	}
	complain(err)
	return 1
}

// complain tells a person what went wrong: the sentence that was meant for
// them, or else the cause itself, since who types commands runs the office.
func complain(err error) {
	if sentence := fault.SentenceOf(err); sentence != "" {
		fmt.Fprintln(os.Stderr, sentence)
		for _, f := range fault.FieldsOf(err) {
			fmt.Fprintf(os.Stderr, "  %s：%s\n", f.Name, f.Sentence)
		}
		var meant *fault.Error
		if errors.As(err, &meant) && meant.Err != nil {
			fmt.Fprintf(os.Stderr, "  (%v)\n", meant.Err)
		}
		return
	}
	fmt.Fprintln(os.Stderr, "没有做成，原因：", err)
}

// untilInterrupted ends its context at the first Ctrl-C, which begins an
// orderly stop, and leaves a second one to the system, which ends us at once;
// the private server then shuts itself down.
func untilInterrupted() (context.Context, func()) {
	ctx, restore := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	forget := context.AfterFunc(ctx, func() {
		restore()
		fmt.Fprintln(os.Stderr, "正在停止……再按一次 Ctrl-C 立即结束。")
	})
	return ctx, func() { forget(); restore() }
}

func execute(ctx context.Context, args []string) error {
	var all commands
	parser, err := kong.New(&all, kong.Name("zhengxin"), kong.Description("政务诚信投诉监督平台。设置用环境变量，见 README。"),
		kong.ShortUsageOnError(), kong.Vars{"roles": roleCodes()}, kong.ConfigureHelp(kong.HelpOptions{Compact: true}))
	if err != nil {
		return err
	}
	line, err := parser.Parse(args)
	if err != nil {
		parser.FatalIfErrorf(err) // prints the usage and ends
	}
	settings, err := config.Read()
	if err != nil {
		return err
	}
	p := &program{
		config: settings, in: os.Stdin, out: os.Stdout, now: time.Now, random: rand.Reader,
		log: logger(settings.LogFormat, slog.LevelInfo), jobLog: logger(settings.LogFormat, slog.LevelWarn),
	}
	line.BindTo(ctx, (*context.Context)(nil))
	return line.Run(p)
}

// logger writes fields, never a complainant's words, to standard error.
func logger(format string, level slog.Level) *slog.Logger {
	options := &slog.HandlerOptions{Level: level}
	if format == "json" {
		return slog.New(slog.NewJSONHandler(os.Stderr, options))
	}
	return slog.New(slog.NewTextHandler(os.Stderr, options))
}
