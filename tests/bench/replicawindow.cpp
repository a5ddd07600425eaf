// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/bench/replicawindow.h"

#include "tests/bench/processuse.h"
#include "ui/inbox/conversationlistmodel.h"
#include "ui/shell/heap.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QTableView>

#include <cstdio>
#include <unistd.h>

namespace Earshot {

namespace {

constexpr double frame = 16;

QString str(const char *text)
{
    return QString::fromUtf8(text);
}

void printSeconds(const char *name, const std::optional<double> &seconds, double budget)
{
    if (seconds)
        printFigure(str(name), str("%1 s (budget %2)").arg(*seconds, 0, 'f', 2).arg(budget));
}

} // namespace

ReplicaWindow::ReplicaWindow(const QString &path, const QByteArray &token)
    : m_commands(STDIN_FILENO, QSocketNotifier::Read)
{
    m_time.start();
    ReplicaSession::Options options;
    options.path = path;
    options.token = Secret(token);
    auto session = ReplicaSession::open(options, m_clock);
    if (!session)
        qFatal("no replica: %s", qPrintable(session.error().detail));
    m_session = *std::move(session);
    m_isJoining = !m_session->isUsable();
    m_appearance = std::make_unique<Appearance>(*qApp);
    connect(m_session.get(), &ReplicaSession::usable, this, &ReplicaWindow::openWindow);
    connect(&m_session->desk(), &Desk::changed, this, [this](const CommitNotice &notice) {
        m_seq = std::max(m_seq, notice.last);
        if (m_until > 0 && m_seq >= m_until)
            QTimer::singleShot(2000, this, &ReplicaWindow::tellWatched);
    });
    connect(&m_commands, &QSocketNotifier::activated, this, &ReplicaWindow::onCommand);
    connect(&m_sampling, &QTimer::timeout, this, &ReplicaWindow::sample);
    m_sampling.start(250);
}

ReplicaWindow::~ReplicaWindow()
{
    m_window.reset();
}

void ReplicaWindow::openWindow()
{
    m_usable = m_usable.value_or(seconds());
    QElapsedTimer making;
    making.start();
    MainWindow::Options look;
    look.title = str("Bench");
    look.asksBeforeClosing = false;
    m_window = std::make_unique<MainWindow>(m_session->desk(), m_session->channels(), *m_appearance, look);
    m_list = m_window->findChild<QTableView *>(str("conversations"));
    m_list->viewport()->installEventFilter(this);
    const auto count = [this] { ++m_changes; };
    connect(m_list->model(), &QAbstractItemModel::rowsInserted, this, count);
    connect(m_list->model(), &QAbstractItemModel::rowsRemoved, this, count);
    connect(m_list->model(), &QAbstractItemModel::rowsMoved, this, count);
    connect(m_list->model(), &QAbstractItemModel::layoutChanged, this, count);
    connect(m_list->model(), &QAbstractItemModel::dataChanged, this, count);
    m_window->resize(1280, 760);
    m_window->show();
    m_making = making.elapsed();
}

bool ReplicaWindow::eventFilter(QObject *, QEvent *event)
{
    if (event->type() != QEvent::Paint)
        return false;
    if (!m_painted && m_list->model()->rowCount() > 0) {
        m_painted = seconds();
        // While it was made nobody could use it.
        QTimer::singleShot(10, this, [this] { static_cast<void>(m_watchdog.take()); });
    }
    lookAtCursor();
    return false;
}

void ReplicaWindow::sample()
{
    const DeskStatus status = m_session->desk().status();
    const bool isCurrent = status.kind == DeskStatus::Kind::current;
    if (isCurrent && !m_rows)
        m_rows = seconds();
    if (m_isJoining && !m_isTold) {
        const double share = m_rows ? 1 : status.share;
        m_samples.push_back({seconds(), share, double(memoryShare()) / 1e6});
    }
    if (isCurrent && !m_isTold)
        lookAtIndex();
}

/// Whether anything waits to be indexed.
void ReplicaWindow::lookAtIndex()
{
    if (std::exchange(m_isLooking, true))
        return;
    m_session->workspace()
        .read<bool>([](Database &database) -> Result<bool> {
            Statement find = database.statement("select_unindexed");
            const bool isWaiting = find.next();
            return database.result(isWaiting);
        })
        .then(this, [this](const Result<bool> &isWaiting) {
            m_isLooking = false;
            if (m_isTold || isWaiting.value_or(true) || !m_painted)
                return;
            m_isTold = true;
            m_indexed = seconds();
            m_joinWaits = m_watchdog.take().waits;
            if (m_isJoining)
                tellJoining();
            std::printf("@ready\n");
            std::fflush(stdout);
        });
}

void ReplicaWindow::tellJoining()
{
    printSeconds("until there is something to work with", m_usable, 2);
    printSeconds("until the inbox is on the screen", m_painted, 2);
    printFigure(str("  of that making the window, ms"), QString::number(m_making));
    printSeconds("until all rows are here", m_rows, 60);
    printSeconds("until the index is complete", m_indexed, 360);
    double next = 0.25;
    double highest = 0;
    for (const Sample &sample : m_samples) {
        highest = std::max(highest, sample.memory);
        if (sample.share < next)
            continue;
        printFigure(str("  memory (PSS) when %1 % had come, MB").arg(next * 100),
                    str("%1 after %2 s, the most so far %3")
                        .arg(sample.memory, 0, 'f', 1)
                        .arg(sample.at, 0, 'f', 1)
                        .arg(highest, 0, 'f', 1));
        next = next < 1 ? next + 0.25 : 2;
    }
    if (!m_samples.empty())
        printFigure(str("  memory (PSS) when all was indexed, MB"),
                    str("%1, the most %2").arg(m_samples.back().memory, 0, 'f', 1).arg(highest, 0, 'f', 1));
    printHeading(str("the window meanwhile (milliseconds)"));
    printFigures(str("window does not listen"), m_joinWaits, frame);
}

void ReplicaWindow::onCommand()
{
    char bytes[64] = {};
    const ssize_t length = ::read(STDIN_FILENO, bytes, sizeof bytes - 1);
    if (length <= 0) {
        QCoreApplication::exit(1);
        return;
    }
    const QByteArray command(bytes, length);
    if (command.startsWith("watch"))
        watch();
    else if (command.startsWith("until ")) {
        m_until = command.mid(6).trimmed().toLongLong();
        if (m_seq >= m_until)
            QTimer::singleShot(2000, this, &ReplicaWindow::tellWatched);
    } else {
        QCoreApplication::exit(0);
    }
}

/// As somebody who works in the list: the cursor is in it.
void ReplicaWindow::watch()
{
    const int rows = m_list->viewport()->height() / std::max(1, m_list->rowHeight(0));
    m_list->setFocus();
    m_list->setCurrentIndex(m_list->model()->index(std::min(rows, m_list->model()->rowCount()) / 2, 0));
    // What opens with it comes first.
    QTimer::singleShot(2000, this, [this] {
        const QModelIndex current = m_list->currentIndex();
        m_cursor = current.data(int(ConversationListModel::Role::conversation)).toLongLong();
        m_place = m_list->visualRect(current).top();
        m_memoryBefore = double(memoryShare()) / 1e6;
        // To count its memory took long: what the watchdog asked meanwhile is answered first.
        QTimer::singleShot(10, this, &ReplicaWindow::beginWatching);
    });
}

void ReplicaWindow::beginWatching()
{
    m_secondsBefore = useOf(::getpid()).seconds;
    m_watchedFrom = seconds();
    m_changes = 0;
    static_cast<void>(m_watchdog.take());
    std::printf("@watching %lld\n", static_cast<long long>(m_cursor));
    std::fflush(stdout);
}

/// What the eye sees is what is painted.
void ReplicaWindow::lookAtCursor()
{
    if (m_cursor == 0)
        return;
    const QModelIndex current = m_list->currentIndex();
    const qint64 conversation = current.data(int(ConversationListModel::Role::conversation)).toLongLong();
    const int place = m_list->visualRect(current).top();
    ++m_looks;
    if (conversation == m_cursor && place == m_place)
        return;
    ++m_jumps;
    m_cursor = conversation;
    m_place = place;
}

void ReplicaWindow::tellWatched()
{
    if (m_cursor == 0)
        return;
    lookAtCursor();
    const double passed = seconds() - m_watchedFrom;
    const Watchdog::Blocks blocks = m_watchdog.take();
    const double spent = useOf(::getpid()).seconds - m_secondsBefore;
    printFigure(str("processor time, s"), str("%1 in %2 s").arg(spent, 0, 'f', 2).arg(passed, 0, 'f', 1));
    printFigure(str("memory (PSS) before and after, MB"),
                str("%1 and %2").arg(m_memoryBefore, 0, 'f', 1).arg(double(memoryShare()) / 1e6, 0, 'f', 1));
    printFigure(str("changes of the list's rows, and its paintings"), str("%1 and %2").arg(m_changes).arg(m_looks));
    printFigure(str("jumps of what is under the cursor (budget 0)"), QString::number(m_jumps));
    printHeading(str("the window meanwhile (milliseconds)"));
    printFigures(str("window does not listen"), blocks.waits, frame);
    printFigures(str("of it computing"), blocks.busy, frame);
    m_cursor = 0;
    QCoreApplication::exit(0);
}

int showReplicaWindow(int argc, char **argv)
{
    // As the program's main() does.
    limitHeaps();
    QApplication application(argc, argv);
    trimHeapsRegularly(&application);
    QApplication::setQuitOnLastWindowClosed(false);
    const ReplicaWindow window(application.arguments().value(2), application.arguments().value(3).toUtf8());
    return QApplication::exec();
}

} // namespace Earshot
