// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/settings/outboxdialog.h"

#include "ui/shell/errortext.h"
#include "ui/shell/icons.h"
#include "ui/shell/roster.h"
#include "ui/shell/statepage.h"
#include "ui/shell/whendone.h"
#include "ui/shell/wording.h"

#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalBlocker>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace Earshot {

namespace {

bool isTrouble(DeliveryState state)
{
    return state == DeliveryState::failed || state == DeliveryState::unsure;
}

} // namespace

OutboxDialog::OutboxDialog(Desk &desk, const Roster &roster, QWidget *parent)
    : QDialog(parent)
    , m_desk(desk)
    , m_roster(roster)
    , m_stack(new QStackedWidget(this))
    , m_list(new QListWidget(this))
    , m_why(new QLabel(this))
{
    setObjectName(QStringLiteral("outboxDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Outbox and trouble"));
    m_list->setObjectName(QStringLiteral("outboxList"));
    m_list->setAccessibleName(tr("Not yet done"));
    m_list->setIconSize({20, 20});
    m_list->setSpacing(2);
    m_list->setTextElideMode(Qt::ElideRight);
    m_list->setWordWrap(true);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_why->setTextFormat(Qt::PlainText);
    m_why->setWordWrap(true);
    m_why->setObjectName(QStringLiteral("outboxWhy"));
    m_why->setTextInteractionFlags(Qt::TextSelectableByMouse);
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
    column->addWidget(m_list, 1);
    column->addWidget(m_why);
    column->addLayout(buttons);
    auto *empty = new StatePage(this);
    empty->show(QStringLiteral("check"), tr("Nothing is waiting"), tr("Every reply was delivered."));
    m_stack->addWidget(empty);
    m_stack->addWidget(page);
    auto *close = new QDialogButtonBox(QDialogButtonBox::Close, this);
    auto *whole = new QVBoxLayout(this);
    whole->addWidget(m_stack, 1);
    whole->addWidget(close);
    connect(close, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_list, &QListWidget::itemSelectionChanged, this, &OutboxDialog::showDelivery);
    connect(m_open, &QPushButton::clicked, this, [this] {
        const DeliveryRecord *delivery = current();
        const auto waiting = currentWaiting();
        if (!delivery && !waiting)
            return;
        Q_EMIT conversationAsked(delivery ? delivery->conversation : waiting->conversation);
        accept();
    });
    connect(m_edit, &QPushButton::clicked, this, &OutboxDialog::editWaiting);
    connect(m_anyway, &QPushButton::clicked, this, &OutboxDialog::doAnyway);
    connect(m_discard, &QPushButton::clicked, this, &OutboxDialog::discard);
    connect(&m_desk, &Desk::outboxChanged, this, &OutboxDialog::fill);
    connect(m_retry, &QPushButton::clicked, this, [this] {
        if (const DeliveryRecord *delivery = current())
            perform(Act::RetryDelivery{delivery->id}, delivery->state == DeliveryState::unsure);
    });
    connect(m_arrived, &QPushButton::clicked, this, [this] {
        if (const DeliveryRecord *delivery = current())
            perform(Act::SettleDelivery{delivery->id}, false);
    });
    connect(m_cancel, &QPushButton::clicked, this, [this] {
        if (const DeliveryRecord *delivery = current())
            perform(Act::CancelDelivery{delivery->id}, false);
    });
    connect(&m_roster, &Roster::outboxChanged, this, &OutboxDialog::fill);
    fill();
    m_list->setCurrentRow(0);
    resize(fontMetrics().averageCharWidth() * 96, fontMetrics().height() * 24);
}

qint64 OutboxDialog::chosen() const
{
    const QList<QListWidgetItem *> items = m_list->selectedItems();
    return items.isEmpty() ? 0 : items.constFirst()->data(Qt::UserRole).toLongLong();
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
    return what + QStringLiteral(" · ") + Wording::of(delivery.state) + QLatin1Char('\n') + delivery.text.simplified();
}

void OutboxDialog::fill()
{
    const qint64 kept = chosen();
    // The place is that of the first line from here on that is still there.
    QList<qint64> from;
    for (int row = std::max(m_list->currentRow(), 0); row < m_list->count(); ++row)
        from.append(m_list->item(row)->data(Qt::UserRole).toLongLong());
    const int scrolled = m_list->verticalScrollBar()->value();
    {
        const QSignalBlocker quietly(m_list);
        m_list->clear();
        addWaiting();
        QList<DeliveryRecord> outbox = m_roster.outbox();
        // What the server does not know yet is in the list already.
        outbox.removeIf([](const DeliveryRecord &one) { return isForecast(one.id); });
        // What needs a person comes first.
        std::stable_partition(outbox.begin(), outbox.end(),
                              [](const DeliveryRecord &one) { return isTrouble(one.state); });
        for (const DeliveryRecord &delivery : std::as_const(outbox)) {
            auto *item = new QListWidgetItem(m_list);
            item->setText(describe(delivery));
            item->setIcon(
                Icons::icon(isTrouble(delivery.state) ? QStringLiteral("warning") : QStringLiteral("outbox")));
            item->setData(Qt::UserRole, delivery.id.value);
        }
        choose(kept, from);
    }
    m_list->doItemsLayout();
    m_list->verticalScrollBar()->setValue(scrolled);
    m_stack->setCurrentIndex(m_list->count() == 0 ? 0 : 1);
    showDelivery();
}

/// A line that is gone leaves its place to the keyboard and no choice: what is pressed is never done to another one.
void OutboxDialog::choose(qint64 kept, const QList<qint64> &from)
{
    QHash<qint64, int> rows;
    for (int row = 0; row < m_list->count(); ++row)
        rows.insert(m_list->item(row)->data(Qt::UserRole).toLongLong(), row);
    const auto place = std::find_if(from.cbegin(), from.cend(), [&rows](qint64 id) { return rows.contains(id); });
    const int row = place == from.cend() ? m_list->count() - 1 : rows.value(*place);
    const bool isKept = kept != 0 && rows.contains(kept);
    m_list->setCurrentRow(row, isKept ? QItemSelectionModel::ClearAndSelect : QItemSelectionModel::NoUpdate);
}

void OutboxDialog::showDelivery()
{
    const QList<QPushButton *> buttons{m_open, m_retry, m_arrived, m_cancel, m_edit, m_anyway, m_discard};
    if (chosen() == 0) {
        // They stay where they are: a second press meets no other one.
        for (QPushButton *button : buttons)
            button->setEnabled(false);
        m_why->setText(tr("Choose a line."));
        return;
    }
    for (QPushButton *button : buttons) {
        button->setEnabled(true);
        button->hide();
    }
    if (const auto waiting = currentWaiting())
        showWaiting(*waiting);
    const DeliveryRecord *delivery = current();
    if (!delivery)
        return;
    m_open->show();
    const ChannelRecord *channel = m_roster.channel(delivery->channel);
    const bool isUnsure = delivery->state == DeliveryState::unsure;
    const bool isCopied = delivery->failure == QLatin1StringView("copied");
    QString why = isUnsure && !isCopied ? ErrorText::of(Error{ErrorKind::unsure, {}, {}})
                                        : ErrorText::ofDelivery(delivery->failure, delivery->failureDetail);
    if (isUnsure)
        why +=
            QLatin1Char(' ') + tr("Look on the network: if it is there, say that it arrived; if not, send it again.");
    else if (channel && channel->isPaused())
        why += QLatin1Char(' ') + tr("Sending on this channel was stopped by %1.")
                                      .arg(Wording::isolated(m_roster.agentName(channel->pausedBy)));
    else if (isKnown(delivery->retryAt))
        why += QLatin1Char(' ') + tr("It is tried again at %1.").arg(Wording::clockTime(delivery->retryAt));
    m_why->setText(why.trimmed());
    const bool isStale = delivery->failure == QLatin1StringView("stale");
    m_retry->setText(isUnsure ? tr("Send again") : isStale ? tr("Send anyway") : tr("Try again"));
    m_retry->setVisible(isTrouble(delivery->state));
    m_arrived->setVisible(isUnsure);
    m_cancel->setVisible(delivery->state != DeliveryState::sending && !isUnsure);
    for (QPushButton *button : {m_retry, m_arrived, m_cancel})
        button->setEnabled(m_roster.canAct());
}

void OutboxDialog::perform(ActionArguments arguments, bool force)
{
    Action action = makeAction(std::move(arguments), m_desk.workspace().clock().now());
    action.force = force;
    whenDone(m_desk.perform({action}), this, [this](const QList<Outcome> &outcomes) {
        if (!outcomes.isEmpty() && !outcomes.constFirst().isApplied())
            m_why->setText(ErrorText::of(outcomes.constFirst().refusal));
    });
}

} // namespace Earshot
