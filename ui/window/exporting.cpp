// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/exporting.h"

#include "desk/listexport.h"
#include "desk/searchreach.h"
#include "ui/inbox/inboxpane.h"
#include "ui/search/searchpane.h"
#include "ui/settings/upkeepdialog.h"
#include "ui/shell/commandregistry.h"
#include "ui/shell/wording.h"

#include <QFileDialog>
#include <QLocale>

namespace Earshot {

namespace {

/// What a title has of what no file's name may have.
QString fileName(QString title)
{
    for (const QChar &forbidden : QStringLiteral("/\\:*?\"<>|\u2068\u2069"))
        title.remove(forbidden);
    return title.trimmed();
}

} // namespace

Exporting::Exporting(Desk &desk, InboxPane &inbox, SearchPane &search, const SearchReach &reach, QWidget *window)
    : QObject(window)
    , m_desk(desk)
    , m_inbox(inbox)
    , m_search(search)
    , m_reach(reach)
    , m_window(window)
{
}

void Exporting::addCommands(CommandRegistry &commands)
{
    Command command;
    command.id = QStringLiteral("list.export");
    command.text = tr("&Export the list…");
    command.isEnabled = [this] { return isOfHits() || m_inbox.model().rowCount() > 0; };
    command.run = [this] { ask(); };
    commands.add(std::move(command));
}

bool Exporting::isOfHits() const
{
    return m_search.isVisibleTo(m_search.parentWidget()) && m_search.model().hitCount() > 0;
}

void Exporting::ask()
{
    const int marked = isOfHits() ? 0 : m_inbox.model().markedCount();
    auto *dialog = new QFileDialog(m_window);
    dialog->setObjectName(QStringLiteral("exportDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    const QString title = isOfHits() ? m_search.model().text() : m_inbox.title();
    const QString what = isOfHits()   ? titleOfHits()
                         : marked > 0 ? tr("Export %Ln marked conversation(s)", nullptr, marked)
                                      : tr("Export “%1”").arg(m_inbox.title());
    dialog->setWindowTitle(missing(isOfHits()).isEmpty() ? what : tr("%1 (older history is missing)").arg(what));
    dialog->setFileMode(QFileDialog::AnyFile);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    const QString table = tr("Table of the conversations (%1)").arg(QStringLiteral("*.csv"));
    const QString lines = tr("Lines of JSON, with all messages (%1)").arg(QStringLiteral("*.jsonl"));
    dialog->setNameFilters({table, lines});
    dialog->setDefaultSuffix(QStringLiteral("csv"));
    connect(dialog, &QFileDialog::filterSelected, dialog, [dialog, lines](const QString &filter) {
        dialog->setDefaultSuffix(filter == lines ? QStringLiteral("jsonl") : QStringLiteral("csv"));
    });
    dialog->selectFile(fileName(title));
    // What the title names, whatever is marked by the time that the file was chosen.
    connect(dialog, &QFileDialog::fileSelected, this,
            [this, wished = wish()](const QString &path) { exportTo(path, wished); });
    dialog->open();
}

/// How many there are is known when all were looked for.
QString Exporting::titleOfHits() const
{
    const SearchModel &found = m_search.model();
    if (found.isUpToDate() && !found.hasMore())
        return tr("Export %Ln found conversation(s)", nullptr, int(found.conversations().size()));
    return tr("Export all conversations that “%1” finds").arg(Wording::isolated(found.text()));
}

QString Exporting::missing(bool isSearch) const
{
    const HistoryReach &found = m_reach.found();
    if (isSearch ? found.isWhole() : found.isHere)
        return {};
    const Time since = isSearch ? found.foundSince() : found.hereSince;
    if (!isKnown(since))
        return tr("Older history is still missing here, and in the file.");
    const QString day = QLocale().toString(toDateTime(since).toLocalTime().date(), QLocale::LongFormat);
    return tr("It reaches back to %1: older history is still missing here, and in the file.").arg(day);
}

ListExport Exporting::wish() const
{
    ListExport wish;
    wish.query = m_inbox.query();
    wish.query.now = m_desk.workspace().clock().now();
    if (isOfHits()) {
        wish.query = {};
        wish.query.view = View::all;
        wish.query.me = m_desk.me();
        wish.query.now = m_desk.workspace().clock().now();
        // Not those that were scrolled to, but all.
        wish.search = m_search.model().query();
        return wish;
    }
    for (const ConversationRecord &record : m_inbox.model().marked())
        wish.only.insert(record.id);
    return wish;
}

void Exporting::exportTo(const QString &path)
{
    exportTo(path, wish());
}

void Exporting::exportTo(const QString &path, ListExport list)
{
    list.file = path;
    if (path.endsWith(QLatin1StringView(".jsonl"), Qt::CaseInsensitive))
        list.format = ExportWriter::Format::jsonLines;
    UpkeepDialog *dialog =
        UpkeepDialog::exportList(m_desk.workspace().readablePath(), list, missing(list.search.has_value()), m_window);
    connect(dialog, &UpkeepDialog::endedAside, this, &Exporting::ended);
    dialog->open();
}

} // namespace Earshot
