// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/settings/outboxdialog.h"

#include "ui/composer/choicebar.h"
#include "ui/settings/outboxdetail.h"
#include "ui/settings/outboxwords.h"
#include "ui/shell/errortext.h"
#include "ui/shell/icons.h"
#include "ui/shell/plainlabel.h"
#include "ui/shell/roster.h"
#include "ui/shell/rosterwait.h"
#include "ui/shell/statepage.h"
#include "ui/shell/whendone.h"
#include "ui/shell/wording.h"

#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QHash>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalBlocker>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace Earshot {

namespace {

bool isTrouble(DeliveryState state)
{
    return state == DeliveryState::failed || state == DeliveryState::unsure;
}

qint64 keyOf(const QListWidgetItem *item)
{
    return item->data(Qt::UserRole).toLongLong();
}

} // namespace

OutboxDialog::OutboxDialog(Desk &desk, const Roster &roster, QWidget *parent)
    : QDialog(parent)
    , m_desk(desk)
    , m_roster(roster)
    , m_stack(new QStackedWidget(this))
    , m_list(new QListWidget(this))
    , m_more(new PlainLabel(this))
    , m_arriving(new PlainLabel(this))
    , m_why(new QLabel(this))
    , m_detail(new OutboxDetail(this))
    , m_ask(new ChoiceBar(this))
    , m_told(new ChoiceBar(this))
    , m_empty(new StatePage(this))
    , m_wait(new RosterWait(roster, this))
{
    setObjectName(QStringLiteral("outboxDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Outbox and trouble"));
    build();
    connect(m_list, &QListWidget::itemSelectionChanged, this, [this] {
        hush();
        showChosen();
    });
    connect(&m_desk, &Desk::outboxChanged, this, &OutboxDialog::fill);
    connect(&m_roster, &Roster::outboxChanged, this, &OutboxDialog::fill);
    connect(m_wait, &RosterWait::changed, this, &OutboxDialog::fill);
    connect(&m_desk, &Desk::changed, this, [this](const CommitNotice &notice) {
        if (notice.hasChannels || notice.conversations.contains(m_since.conversation))
            look();
    });
    connectButtons();
    fill();
    m_list->setCurrentRow(0);
    resize(fontMetrics().averageCharWidth() * 110, fontMetrics().height() * 36);
}

void OutboxDialog::build()
{
    m_list->setObjectName(QStringLiteral("outboxList"));
    m_list->setAccessibleName(tr("Not yet done"));
    m_list->setIconSize({20, 20});
    m_list->setSpacing(2);
    m_list->setTextElideMode(Qt::ElideRight);
    m_list->setWordWrap(true);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_more->setObjectName(QStringLiteral("outboxMore"));
    m_more->setQuiet(true);
    m_arriving->setObjectName(QStringLiteral("outboxArriving"));
    m_arriving->setQuiet(true);
    m_why->setTextFormat(Qt::PlainText);
    m_why->setWordWrap(true);
    m_why->setObjectName(QStringLiteral("outboxWhy"));
    m_why->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_ask->setObjectName(QStringLiteral("outboxAsk"));
    m_told->setObjectName(QStringLiteral("outboxTold"));
    m_told->setIcon(QStringLiteral("information"));
    auto *page = new QWidget(this);
    auto *buttons = new QHBoxLayout;
    const auto add = [&](const QString &text, const char *name) {
        auto *button = new QPushButton(text, page);
        button->setObjectName(QString::fromLatin1(name));
        button->setAutoDefault(false);
        buttons->addWidget(button);
        return button;
    };
    m_open = add(tr("Open conversation"), "outboxOpen");
    m_retry = add(tr("Try again"), "outboxRetry");
    m_arrived = add(tr("It arrived"), "outboxArrived");
    m_cancel = add(tr("Do not send"), "outboxCancel");
    m_edit = add(tr("Edit"), "outboxEdit");
    m_anyway = add(tr("Do it anyway"), "outboxAnyway");
    m_discard = add(tr("Discard"), "outboxDiscard");
    buttons->addStretch(1);
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_list, 2);
    column->addWidget(m_more);
    column->addWidget(m_why);
    column->addWidget(m_detail, 3);
    column->addWidget(m_ask);
    column->addLayout(buttons);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(page);
    auto *close = new QDialogButtonBox(QDialogButtonBox::Close, this);
    close->button(QDialogButtonBox::Close)->setAutoDefault(false);
    connect(close, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *whole = new QVBoxLayout(this);
    whole->addWidget(m_stack, 1);
    whole->addWidget(m_told);
    whole->addWidget(m_arriving);
    whole->addWidget(close);
}

void OutboxDialog::connectButtons()
{
    connect(m_open, &QPushButton::clicked, this, [this] {
        const DeliveryRecord *delivery = current();
        const auto waiting = currentWaiting();
        if (!delivery && !waiting)
            return;
        Q_EMIT conversationAsked(delivery ? delivery->conversation : waiting->conversation);
        accept();
    });
    connect(m_edit, &QPushButton::clicked, this, &OutboxDialog::edit);
    connect(m_anyway, &QPushButton::clicked, this, &OutboxDialog::doAnyway);
    connect(m_discard, &QPushButton::clicked, this, qOverload<>(&OutboxDialog::discard));
    connect(m_retry, &QPushButton::clicked, this, &OutboxDialog::retry);
    connect(m_arrived, &QPushButton::clicked, this, [this] {
        if (const DeliveryRecord *delivery = current())
            perform(Act::SettleDelivery{delivery->id}, false);
    });
    connect(m_cancel, &QPushButton::clicked, this, [this] {
        if (const DeliveryRecord *delivery = current())
            perform(Act::CancelDelivery{delivery->id}, false);
    });
}

qint64 OutboxDialog::chosen() const
{
    const QList<QListWidgetItem *> items = m_list->selectedItems();
    return items.isEmpty() ? 0 : keyOf(items.constFirst());
}

const DeliveryRecord *OutboxDialog::current() const
{
    const DeliveryId id(chosen());
    const QList<DeliveryRecord> &outbox = m_roster.outbox();
    const auto it =
        std::find_if(outbox.cbegin(), outbox.cend(), [id](const DeliveryRecord &one) { return one.id == id; });
    return it == outbox.cend() ? nullptr : &*it;
}

QString OutboxDialog::describe(const DeliveryRecord &delivery) const
{
    const ChannelRecord *channel = m_roster.channel(delivery.channel);
    const QString where = channel ? channel->name : QString();
    const QString who = m_roster.agentName(delivery.agent);
    const QString what =
        tr("%1 in #%2 · %3 · %4", "Reply in #4411 · channel · agent")
            .arg(Wording::of(delivery.effect), QString::number(delivery.conversationNumber), where, who);
    return what + QStringLiteral(" · ") + Wording::of(delivery.state) + QLatin1Char('\n') +
           Wording::isolated(delivery.text.simplified());
}

QList<OutboxDialog::Line> OutboxDialog::lines() const
{
    QList<Line> all = waitingLines();
    QList<DeliveryRecord> outbox = m_roster.outbox();
    // What the server does not know yet is in the list already.
    outbox.removeIf([](const DeliveryRecord &one) { return isForecast(one.id); });
    // What needs a person comes first.
    std::stable_partition(outbox.begin(), outbox.end(), [](const DeliveryRecord &one) { return isTrouble(one.state); });
    for (const DeliveryRecord &delivery : std::as_const(outbox))
        all.append({delivery.id.value, describe(delivery), isTrouble(delivery.state)});
    return all;
}

void OutboxDialog::showIn(QListWidgetItem *item, const Line &line)
{
    item->setData(Qt::UserRole, line.key);
    if (item->text() == line.text)
        return;
    item->setText(line.text);
    item->setIcon(Icons::icon(line.isTrouble ? QStringLiteral("warning") : QStringLiteral("outbox")));
}

/// What is in the list stays where it is as long as the dialog is open; what is new comes at its end.
void OutboxDialog::fill()
{
    const qint64 kept = chosen();
    const QList<Line> lines = this->lines();
    QHash<qint64, const Line *> rest;
    for (const Line &line : lines)
        rest.insert(line.key, &line);
    // At the top stays what is there, or what follows it.
    int top = std::max(m_list->verticalScrollBar()->value(), 0);
    while (top < m_list->count() && !rest.contains(keyOf(m_list->item(top))))
        ++top;
    const QListWidgetItem *first = m_list->item(top);
    {
        const QSignalBlocker quietly(m_list);
        for (int row = m_list->count() - 1; row >= 0; --row) {
            if (const Line *line = rest.take(keyOf(m_list->item(row))))
                showIn(m_list->item(row), *line);
            else
                delete m_list->takeItem(row);
        }
        for (const Line &line : lines) {
            if (rest.contains(line.key))
                showIn(new QListWidgetItem(m_list), line);
        }
        // A line that is gone leaves its place to the keyboard and no choice: what is pressed is never done to another.
        if (chosen() != kept)
            m_list->clearSelection();
    }
    if (!std::exchange(m_isBegun, m_wait->isOver()) && m_isBegun && chosen() == 0)
        m_list->setCurrentRow(0);
    m_list->doItemsLayout();
    if (first)
        m_list->verticalScrollBar()->setValue(m_list->row(first));
    if (!m_wait->showOn(*m_empty))
        m_empty->show(QStringLiteral("check"), tr("Nothing is waiting"),
                      tr("No reply waits to be sent, and none has failed."));
    m_stack->setCurrentIndex(m_list->count() == 0 ? 0 : 1);
    count();
    endTakingBack();
    showChosen();
}

void OutboxDialog::count()
{
    const auto listed = m_desk.waitingActions().size();
    const auto more = m_desk.refusedCount() + m_desk.waitingCount() - listed;
    m_more->setText(tr("%Ln more that cannot be listed: they follow when some of these are done.", nullptr,
                       int(std::max(more, qsizetype(0)))));
    m_more->setVisible(more > 0);
    const int arriving = m_desk.arrivingCount();
    m_arriving->setText(tr("%Ln are done and on their way back here.", nullptr, arriving));
    m_arriving->setVisible(arriving > 0);
}

void OutboxDialog::showChosen()
{
    const qint64 key = chosen();
    const auto waiting = currentWaiting();
    if (std::exchange(m_shown, key) != key) {
        m_ask->clear();
        m_isRead = false;
        m_seen = 0;
        m_since = {};
        const ActionArguments words = waiting ? waiting->action.arguments : ActionArguments();
        const bool isWrittenOn = waiting && waiting->isRefused && OutboxWords::areWrittenOnHere(words);
        m_detail->showWords(waiting ? OutboxWords::of(words, m_roster) : QString(), isWrittenOn);
        m_detail->showPresent({});
    }
    if (key == 0) {
        // They stay where they are: a second press meets no other one.
        disableDeeds();
        m_open->setEnabled(false);
        m_why->setText(tr("Choose a line."));
        return;
    }
    const DeliveryRecord *delivery = waiting ? nullptr : current();
    const QString state = waiting    ? OutboxWords::stateOf(*waiting)
                          : delivery ? Wording::of(delivery->state)
                                     : QString();
    // A question is about what was so when it was asked, and so is what was told.
    if (std::exchange(m_state, state) != state) {
        m_ask->clear();
        if (!m_takenBack.isValid())
            hush();
    }
    if (waiting)
        showWaiting(*waiting);
    else if (delivery)
        showDelivery(*delivery);
    look();
}

void OutboxDialog::showDelivery(const DeliveryRecord &delivery)
{
    const ChannelRecord *channel = m_roster.channel(delivery.channel);
    const bool isUnsure = delivery.state == DeliveryState::unsure;
    const bool isCopied = delivery.failure == QLatin1StringView("copied");
    QString why = isUnsure && !isCopied ? ErrorText::of(Error{ErrorKind::unsure, {}, {}})
                                        : ErrorText::ofDelivery(delivery.failure, delivery.failureDetail);
    if (isUnsure)
        why +=
            QLatin1Char(' ') + tr("Look on the network: if it is there, say that it arrived; if not, send it again.");
    else if (channel && channel->isPaused())
        why += QLatin1Char(' ') + tr("Sending on this channel was stopped by %1.")
                                      .arg(Wording::isolated(m_roster.agentName(channel->pausedBy)));
    else if (isKnown(delivery.retryAt))
        why += QLatin1Char(' ') + tr("It is tried again at %1.").arg(Wording::clockTime(delivery.retryAt));
    m_why->setText(why.trimmed());
    const bool isStale = delivery.failure == QLatin1StringView("stale");
    m_retry->setText(isUnsure ? tr("Send again") : isStale ? tr("Send anyway") : tr("Try again"));
    const bool isMine = delivery.agent == m_desk.me() && delivery.effect == Effect::reply;
    const bool canAct = m_roster.canAct();
    offer({{m_open, true, true},
           {m_retry, isTrouble(delivery.state), canAct && m_isRead},
           {m_arrived, isUnsure, canAct},
           {m_cancel, delivery.state != DeliveryState::sending && !isUnsure, canAct},
           {m_edit, delivery.state == DeliveryState::failed && isMine, canAct}});
}

/// What is offered on stays as it is: a button that hides for a moment loses the keyboard, and the press on it.
void OutboxDialog::offer(const QList<Offer> &offers)
{
    for (QPushButton *button : {m_open, m_retry, m_arrived, m_cancel, m_edit, m_anyway, m_discard}) {
        const auto it = std::find_if(offers.cbegin(), offers.cend(),
                                     [button](const Offer &one) { return one.button == button && one.isShown; });
        const bool isOffered = it != offers.cend() && (button == m_open || !m_roster.isReadOnly());
        if (button->hasFocus() && !(isOffered && it->isEnabled))
            m_list->setFocus();
        button->setVisible(isOffered);
        button->setEnabled(isOffered && it->isEnabled);
    }
}

void OutboxDialog::perform(ActionArguments arguments, bool force, const std::function<void(const Outcome &)> &then)
{
    const Seq seen = isBasedOnAll(arguments) ? 0 : m_seen;
    Action action = makeAction(std::move(arguments), m_desk.workspace().clock().now(), seen);
    action.force = force;
    wait();
    whenTold(m_desk.perform({action}), this, [this, then](const QList<Outcome> &outcomes) {
        tell(outcomes);
        if (then && !outcomes.isEmpty() && outcomes.constFirst().isApplied())
            then(outcomes.constFirst());
    });
}

/// Nothing is pressed twice. The keyboard goes back to the list, and not on to the next button.
void OutboxDialog::wait()
{
    hush();
    disableDeeds();
}

void OutboxDialog::disableDeeds()
{
    for (QPushButton *button : {m_retry, m_arrived, m_cancel, m_edit, m_anyway, m_discard}) {
        if (button->hasFocus())
            m_list->setFocus();
        button->setEnabled(false);
    }
}

void OutboxDialog::retry()
{
    const DeliveryRecord *delivery = current();
    if (!delivery || asksAboutNews([this] { retry(); }))
        return;
    perform(Act::RetryDelivery{delivery->id, delivery->attempts}, delivery->state == DeliveryState::unsure);
}

} // namespace Earshot
