// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/search/searchcompletion.h"

#include "desk/desk.h"
#include "model/searchquery.h"
#include "ui/shell/matches.h"
#include "ui/shell/roster.h"
#include "ui/shell/whendone.h"
#include "workspace/authorproposals.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QKeyEvent>
#include <QLineEdit>
#include <QStringListModel>
#include <QStyledItemDelegate>

#include <algorithm>
#include <array>

namespace Earshot {

namespace {

constexpr int mostProposed = 12;
// What the parser knows (model/searchquery.h): never translated.
constexpr std::array names{"from:", "tag:", "channel:", "is:", "priority:", "before:", "after:"};

QString quoted(const QString &value)
{
    return value.contains(QLatin1Char(' ')) ? QLatin1Char('"') + value + QLatin1Char('"') : value;
}

} // namespace

SearchCompletion::SearchCompletion(QLineEdit *field, const Roster &roster, Desk &desk)
    : QObject(field)
    , m_field(field)
    , m_roster(roster)
    , m_desk(desk)
    , m_completer(new QCompleter(this))
    , m_model(new QStringListModel(this))
{
    m_completer->setModel(m_model);
    m_completer->setWidget(field);
    m_completer->setCompletionMode(QCompleter::UnfilteredPopupCompletion);
    m_completer->setMaxVisibleItems(mostProposed);
    m_completer->popup()->setItemDelegate(new QStyledItemDelegate(m_completer->popup()));
    m_completer->popup()->setObjectName(QStringLiteral("searchCompletion"));
    m_completer->popup()->setAccessibleName(tr("Filters"));
    connect(m_completer, qOverload<const QString &>(&QCompleter::activated), this, &SearchCompletion::insert);
    connect(field, &QLineEdit::textEdited, this, &SearchCompletion::offer);
    field->installEventFilter(this);
    m_completer->popup()->installEventFilter(this);
}

std::pair<qsizetype, QString> SearchCompletion::word() const
{
    const QString before = m_field->text().first(m_field->cursorPosition());
    // Inside of quotation marks a space does not end the word.
    const bool isQuoted = before.count(QLatin1Char('"')) % 2 == 1;
    const qsizetype until = isQuoted ? before.lastIndexOf(QLatin1Char('"')) : before.size();
    const qsizetype start = before.lastIndexOf(QLatin1Char(' '), until - before.size() - 1) + 1;
    return {start, before.sliced(start)};
}

QStringList SearchCompletion::values(const QString &name) const
{
    QStringList all;
    if (name == QLatin1StringView("tag")) {
        for (const TagRecord &tag : m_roster.tags())
            all.append(tag.name);
    } else if (name == QLatin1StringView("channel")) {
        for (const ChannelRecord &channel : m_roster.channels())
            all.append(channel.name.isEmpty() ? channel.address : channel.name);
    } else if (name == QLatin1StringView("from")) {
        for (const AgentRecord &agent : m_roster.agents())
            all.append(agent.name);
    } else {
        all = searchWords(name);
    }
    return all;
}

QStringList SearchCompletion::proposals(const QString &word) const
{
    QStringList found;
    const qsizetype colon = word.indexOf(QLatin1Char(':'));
    if (colon < 0) {
        for (const char *name : names) {
            if (word.size() >= 2 && QLatin1StringView(name).startsWith(word, Qt::CaseInsensitive))
                found.append(QLatin1StringView(name));
        }
        return found;
    }
    const QString name = word.first(colon).toLower();
    const QString begun = word.sliced(colon + 1).remove(QLatin1Char('"'));
    const QStringList known = values(name);
    if (known.contains(begun, Qt::CaseInsensitive))
        return {};
    for (const int index : matchesOf(known, begun).all())
        found.append(name + QLatin1Char(':') + quoted(known.at(index)));
    return found.mid(0, mostProposed);
}

void SearchCompletion::offer()
{
    // After that sign stands a command.
    const bool isCommand = m_field->text().startsWith(QLatin1Char('>'));
    const QString begun = isCommand ? QString() : word().second;
    const QStringList proposed = proposals(begun);
    show(proposed);
    askForContacts(begun, proposed);
}

void SearchCompletion::askForContacts(const QString &word, const QStringList &proposed)
{
    const QString from = QStringLiteral("from:");
    if (!word.startsWith(from, Qt::CaseInsensitive) || proposed.size() >= mostProposed)
        return;
    const QString begun = word.sliced(from.size()).remove(QLatin1Char('"'));
    if (begun.isEmpty())
        return;
    auto read = m_desk.workspace().read<QStringList>([begun](Database &database) -> Result<QStringList> {
        return loadAuthorProposals(database, begun, mostProposed);
    });
    const int question = ++m_question;
    whenDone(read, this, [this, question, word, begun, from, proposed](const Result<QStringList> &contacts) {
        // Who has gone into the list meanwhile keeps what is in it.
        if (!contacts || question != m_question || this->word().second != word || !m_field->hasFocus() ||
            (m_completer->popup()->isVisible() && m_completer->popup()->currentIndex().isValid()))
            return;
        QStringList all = proposed;
        for (const QString &contact : *contacts) {
            const QString whole = from + quoted(contact);
            if (contact.compare(begun, Qt::CaseInsensitive) != 0 && !all.contains(whole))
                all.append(whole);
        }
        if (all.size() > proposed.size())
            show(all.mid(0, mostProposed));
    });
}

void SearchCompletion::show(const QStringList &proposed)
{
    if (proposed.isEmpty()) {
        m_completer->popup()->hide();
        return;
    }
    m_model->setStringList(proposed);
    m_completer->complete();
    // Enter searches for what was typed until somebody has gone into the list.
    m_completer->popup()->setCurrentIndex({});
}

void SearchCompletion::insert(const QString &proposal)
{
    const auto [start, begun] = word();
    const QString rest = m_field->text().sliced(start + begun.size());
    const QString put = proposal.endsWith(QLatin1Char(':')) ? proposal : proposal + QLatin1Char(' ');
    m_field->setText(m_field->text().first(start) + put + rest.trimmed());
    m_field->setCursorPosition(int(start + put.size()));
    if (proposal.endsWith(QLatin1Char(':')))
        QMetaObject::invokeMethod(this, &SearchCompletion::offer, Qt::QueuedConnection);
}

bool SearchCompletion::eventFilter(QObject *watched, QEvent *event)
{
    QAbstractItemView *popup = m_completer->popup();
    const int key = event->type() == QEvent::KeyPress ? static_cast<QKeyEvent *>(event)->key() : 0;
    const bool isClosed = watched == popup && event->type() == QEvent::Hide;
    if (isClosed || key == Qt::Key_Escape || key == Qt::Key_Return || key == Qt::Key_Enter)
        ++m_question;
    // The list has the keyboard while it is open.
    if (watched == popup && key == Qt::Key_Tab) {
        const QModelIndex index = popup->currentIndex().isValid() ? popup->currentIndex() : popup->model()->index(0, 0);
        popup->hide();
        insert(index.data().toString());
        return true;
    }
    return QObject::eventFilter(watched, event);
}

} // namespace Earshot
