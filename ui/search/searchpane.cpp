// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/search/searchpane.h"

#include "desk/searchreach.h"
#include "ui/composer/choicebar.h"
#include "ui/inbox/afterdeed.h"
#include "ui/search/searchdelegate.h"
#include "ui/shell/errortext.h"
#include "ui/shell/plainlabel.h"
#include "ui/shell/statepage.h"
#include "ui/shell/wording.h"

#include <QListView>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace Earshot {

namespace {

/// What becomes of a hit does not change how tall its row is: it is drawn anew, and no row laid out.
class HitList final : public QListView
{
public:
    using QListView::QListView;

protected:
    void dataChanged(const QModelIndex &topLeft, const QModelIndex &bottomRight, const QList<int> &roles) override
    {
        QAbstractItemView::dataChanged(topLeft, bottomRight, roles);
    }
};

} // namespace

SearchPane::SearchPane(Desk &desk, const SearchReach &reach, const CommandRegistry &commands, QWidget *parent)
    : QWidget(parent)
    , m_model(desk, commands)
    , m_reach(reach)
    , m_title(new PlainLabel(this))
    , m_allowed(new PlainLabel(this))
    , m_reachLabel(new PlainLabel(this))
    , m_trouble(new ChoiceBar(this))
    , m_stack(new QStackedWidget(this))
    , m_list(new HitList(this))
    , m_statePage(new StatePage(this))
{
    setObjectName(QStringLiteral("searchPane"));
    m_title->setBold(true);
    m_title->setObjectName(QStringLiteral("searchTitle"));
    m_title->setContentsMargins(14, 0, 14, 0);
    m_title->setMinimumHeight(fontMetrics().height() + 22);
    m_allowed->setObjectName(QStringLiteral("searchAllowed"));
    m_allowed->setWrapping(true);
    m_allowed->setContentsMargins(14, 0, 14, 8);
    m_allowed->hide();
    m_reachLabel->setObjectName(QStringLiteral("searchReach"));
    m_reachLabel->setQuiet(true);
    m_reachLabel->setWrapping(true);
    m_reachLabel->setContentsMargins(14, 0, 14, 8);
    m_trouble->setObjectName(QStringLiteral("searchTrouble"));
    m_list->setObjectName(QStringLiteral("searchResults"));
    m_list->setAccessibleName(tr("Search results"));
    m_list->setModel(&m_model);
    m_list->setItemDelegate(new SearchDelegate(m_model, commands, desk.workspace().clock(), m_list));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_stack->addWidget(m_statePage);
    m_stack->addWidget(m_list);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_title);
    column->addWidget(m_allowed);
    column->addWidget(m_reachLabel);
    column->addWidget(m_trouble);
    column->addWidget(m_stack, 1);
    connect(&m_model, &SearchModel::stateChanged, this, &SearchPane::updateState);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this](const QModelIndex &current) { choose(current, false); });
    connect(m_list, &QListView::activated, this, [this](const QModelIndex &index) { choose(index, true); });
    connect(m_statePage, &StatePage::stepAsked, this, [this] { m_model.retry(); });
    connect(&reach, &SearchReach::reachChanged, this, &SearchPane::updateReach);
    updateReach();
}

/// What is not here yet is not found: that is said where one searches.
void SearchPane::updateReach()
{
    m_reachLabel->setText(m_reach.isWhole() ? QString() : Wording::searchReach(m_reach.since()));
    m_reachLabel->setVisible(!m_reach.isWhole());
    updateState();
}

void SearchPane::setText(const QString &text, bool isTyping)
{
    m_opensFirst = false;
    m_model.setText(text, isTyping);
}

QWidget *SearchPane::list() const
{
    return m_list;
}

void SearchPane::enterList()
{
    if (m_model.rowCount() == 0)
        return;
    // Before the focus comes: a list takes its first row as current by itself then, and does not mark it.
    if (!m_list->currentIndex().isValid())
        m_list->setCurrentIndex(m_model.index(0));
    m_list->setFocus();
}

void SearchPane::activateFirst()
{
    m_opensFirst = true;
    if (m_model.isUpToDate())
        openFirst();
}

void SearchPane::openFirst()
{
    m_opensFirst = false;
    if (m_list->currentIndex().isValid())
        return choose(m_list->currentIndex(), true);
    const int commands = m_model.rowCount() - m_model.hitCount();
    // The name of a command is a word, too: without ">" none is run that was not chosen.
    if (m_model.hitCount() > 0 || (commands > 0 && m_model.namesCommands()))
        choose(m_model.index(m_model.hitCount() > 0 ? commands : 0), true);
    else
        enterList();
}

void SearchPane::step(int step)
{
    const int commands = m_model.rowCount() - m_model.hitCount();
    const int next = m_list->currentIndex().isValid() ? m_list->currentIndex().row() + step : commands;
    const int row = step > 0 ? std::max(next, commands) : next;
    if (row >= commands && row < m_model.rowCount())
        m_list->setCurrentIndex(m_model.index(row));
}

void SearchPane::goOnFrom(const QList<ConversationId> &through)
{
    const QModelIndex now = m_list->currentIndex();
    const auto conversationOf = [](const QModelIndex &index) {
        return ConversationId(index.data(int(SearchModel::Role::conversation)).toLongLong());
    };
    if (AfterDeed::chosen() != AfterDeed::Step::next || through.size() != 1 || !now.isValid() ||
        conversationOf(now) != through.constFirst())
        return;
    for (int row = now.row() + 1; row < m_model.rowCount(); ++row) {
        if (conversationOf(m_model.index(row)) != through.constFirst()) {
            m_list->setCurrentIndex(m_model.index(row));
            return;
        }
    }
}

void SearchPane::choose(const QModelIndex &index, bool isOpening)
{
    if (!index.isValid())
        return;
    m_opensFirst = false;
    const QString command = index.data(int(SearchModel::Role::command)).toString();
    if (!command.isEmpty()) {
        if (isOpening)
            Q_EMIT commandChosen(command);
        return;
    }
    const ConversationId id(index.data(int(SearchModel::Role::conversation)).toLongLong());
    Q_EMIT hitChosen(id, MessageId(index.data(int(SearchModel::Role::message)).toLongLong()), m_model.words());
    if (isOpening)
        Q_EMIT conversationOpened(id);
}

void SearchPane::showTrouble()
{
    const bool isTrouble = m_model.state() == SearchModel::State::failed && m_model.rowCount() > 0;
    if (!isTrouble) {
        m_trouble->clear();
        return;
    }
    const QString why = ErrorText::of(m_model.error());
    const QString said = m_model.hitCount() > 0
                             ? tr("Not all was searched, older messages are missing here. %1").arg(why)
                             : tr("The search failed. %1").arg(why);
    if (m_trouble->isHidden() || m_trouble->text() != said)
        m_trouble->ask(said, {{tr("Try again"), [this] { m_model.retry(); }}});
}

/// The rest was searched: what is listed may be more than was meant.
void SearchPane::showAllowed()
{
    QString said;
    if (const QString name = m_model.problemOperator(); !name.isEmpty()) {
        const QString words = searchWords(name).join(QStringLiteral(", "));
        said = words.isEmpty() ? tr("After %1: comes a day, a month or a year: 2026-03-01, 2026-03 or 2026.").arg(name)
                               : tr("After %1: comes one of these: %2.").arg(name, words);
    }
    // Each further letter is no other trouble.
    if (said.isEmpty())
        m_allowed->setText(said);
    else if (said != m_allowed->text())
        m_allowed->setTrouble(said);
    m_allowed->setVisible(!said.isEmpty());
}

void SearchPane::updateState()
{
    if (m_opensFirst && m_model.isUpToDate())
        openFirst();
    using State = SearchModel::State;
    if (!m_model.problem().isEmpty())
        m_title->setText(tr("Not understood: %1").arg(m_model.problem()));
    else if ((m_model.state() == State::ready || m_model.state() == State::failed) && m_model.hasMore())
        m_title->setText(tr("Found more than %L1").arg(m_model.hitCount()));
    else if (m_model.state() == State::ready && m_model.hitCount() > 0)
        m_title->setText(tr("Found %Ln message(s)", nullptr, m_model.hitCount()));
    else if (m_model.state() == State::searching)
        m_title->setText(tr("Searching…"));
    else
        m_title->setText(tr("Search"));
    showTrouble();
    showAllowed();
    if (m_model.rowCount() > 0) {
        m_stack->setCurrentWidget(m_list);
        return;
    }
    if (m_model.state() == State::failed)
        m_statePage->show(QStringLiteral("warning"), tr("The search failed"), ErrorText::of(m_model.error()),
                          tr("Try again"));
    else if (m_model.state() == State::ready)
        m_statePage->show(
            QStringLiteral("search"), tr("Nothing found"),
            m_reach.isWhole()
                ? tr("All of the history on this computer was searched. Try fewer words or the beginning of one.")
                : tr("Older history could not be searched yet. Try again later, or with other words."));
    else if (m_model.state() == State::idle)
        m_statePage->show(
            QStringLiteral("search"), tr("Search all history"),
            tr("Words, “a phrase”, -without, from:mira, tag:hardware, channel:blog, is:open, before:2026-03"));
    else
        m_statePage->show({}, {}, {});
    m_stack->setCurrentWidget(m_statePage);
}

} // namespace Earshot
