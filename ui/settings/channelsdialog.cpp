// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/settings/channelsdialog.h"

#include "ui/inbox/conversationactions.h"
#include "ui/settings/channeldialog.h"
#include "ui/settings/connectdialog.h"
#include "ui/settings/signinpanel.h"
#include "ui/shell/activitygraph.h"
#include "ui/shell/announcing.h"
#include "ui/shell/errortext.h"
#include "ui/shell/icons.h"
#include "ui/shell/knownsentences.h"
#include "ui/shell/plainlabel.h"
#include "ui/shell/roster.h"
#include "ui/shell/rosterwait.h"
#include "ui/shell/statepage.h"
#include "ui/shell/whendone.h"
#include "ui/shell/wording.h"

#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QMessageBox>
#include <QPointer>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace Earshot {

namespace {

QPushButton *button(const QString &text, const char *name, const char *icon, QWidget *parent)
{
    auto *made = new QPushButton(Icons::icon(QString::fromLatin1(icon)), text, parent);
    made->setObjectName(QString::fromLatin1(name));
    made->setAutoDefault(false);
    return made;
}

QString nameOf(const ChannelRecord &channel)
{
    return channel.name.isEmpty() ? channel.address : channel.name;
}

} // namespace

ChannelsDialog::ChannelsDialog(Desk &desk, ChannelService &channels, const Roster &roster, ConversationActions &actions,
                               QWidget *parent)
    : QDialog(parent)
    , m_desk(desk)
    , m_channels(channels)
    , m_roster(roster)
    , m_actions(actions)
    , m_list(new QListWidget(this))
    , m_side(new QStackedWidget(this))
    , m_connect(button(tr("Connect a channel…"), "connectChannel", "add", this))
    , m_hint(new PlainLabel(this))
    , m_empty(new StatePage(this))
    , m_wait(new RosterWait(roster, this))
{
    setObjectName(QStringLiteral("channelsDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Channels"));
    m_list->setObjectName(QStringLiteral("channelList"));
    m_list->setAccessibleName(tr("Channels"));
    m_list->setIconSize({20, 20});
    m_list->setSpacing(2);
    m_hint->setObjectName(QStringLiteral("channelsHint"));
    m_hint->setWrapping(true);
    m_hint->setQuiet(true);
    m_side->addWidget(m_empty);
    m_side->addWidget(details());
    auto *left = new QVBoxLayout;
    left->addWidget(m_list, 1);
    left->addWidget(m_connect);
    auto *row = new QHBoxLayout;
    row->addLayout(left, 2);
    row->addWidget(m_side, 3);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    auto *column = new QVBoxLayout(this);
    column->addWidget(m_hint);
    column->addLayout(row, 1);
    column->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_connect, &QPushButton::clicked, this, &ChannelsDialog::connectChannel);
    connect(m_list, &QListWidget::currentRowChanged, this, &ChannelsDialog::showChannel);
    connect(&m_roster, &Roster::rosterChanged, this, &ChannelsDialog::fill);
    connect(m_wait, &RosterWait::changed, this, &ChannelsDialog::showRights);
    connect(this, &QDialog::finished, this, [this] {
        for (const auto &[deed, outcomes] : std::exchange(m_edited, {}))
            m_actions.rememberOutcomes(deed, outcomes);
    });
    fill();
    resize(fontMetrics().averageCharWidth() * 120, fontMetrics().height() * 28);
}

QWidget *ChannelsDialog::details()
{
    auto *page = new QWidget(this);
    m_name = new PlainLabel(page);
    m_name->setBold(true);
    m_address = new PlainLabel(page);
    m_address->setQuiet(true);
    m_activity = new ActivityGraph(m_desk, page);
    m_activity->setObjectName(QStringLiteral("channelActivity"));
    m_facts = new QLabel(page);
    m_report = new QLabel(page);
    for (QLabel *label : {m_facts, m_report}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    }
    m_facts->setObjectName(QStringLiteral("channelFacts"));
    m_report->setObjectName(QStringLiteral("channelReport"));
    m_pull = button(tr("Pull now"), "channelPull", "pull", page);
    m_test = button(tr("Test"), "channelTest", "check", page);
    m_renew = button(tr("Sign in again…"), "channelRenew", "lock", page);
    m_sending = button(tr("Stop sending"), "channelSending", "outbox", page);
    m_edit = button(tr("Edit…"), "channelEdit", "pen", page);
    m_remove = button(tr("Remove…"), "channelRemove", "close", page);
    auto *first = new QHBoxLayout;
    first->addWidget(m_pull);
    first->addWidget(m_test);
    first->addWidget(m_renew);
    first->addStretch(1);
    auto *second = new QHBoxLayout;
    second->addWidget(m_edit);
    second->addWidget(m_sending);
    second->addWidget(m_remove);
    second->addStretch(1);
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(12, 4, 0, 0);
    column->addWidget(m_name);
    column->addWidget(m_address);
    column->addWidget(m_activity);
    column->addSpacing(8);
    column->addWidget(m_facts);
    column->addSpacing(8);
    column->addLayout(first);
    column->addLayout(second);
    column->addSpacing(8);
    column->addWidget(m_report);
    column->addStretch(1);
    connect(m_pull, &QPushButton::clicked, this, &ChannelsDialog::pull);
    connect(m_test, &QPushButton::clicked, this, &ChannelsDialog::test);
    connect(m_renew, &QPushButton::clicked, this, &ChannelsDialog::renew);
    connect(m_sending, &QPushButton::clicked, this, &ChannelsDialog::toggleSending);
    connect(m_edit, &QPushButton::clicked, this, &ChannelsDialog::edit);
    connect(m_remove, &QPushButton::clicked, this, &ChannelsDialog::remove);
    return page;
}

const ChannelRecord *ChannelsDialog::current() const
{
    const QListWidgetItem *item = m_list->currentItem();
    return item ? m_roster.channel(ChannelId(item->data(Qt::UserRole).toLongLong())) : nullptr;
}

void ChannelsDialog::select(ChannelId channel)
{
    m_wanted = channel;
    for (int row = 0; row < m_list->count(); ++row) {
        if (m_list->item(row)->data(Qt::UserRole).toLongLong() != channel.value)
            continue;
        m_list->setCurrentRow(row);
        m_wanted = ChannelId();
    }
}

void ChannelsDialog::fill()
{
    const ChannelRecord *before = current();
    const ChannelId kept = m_wanted.isValid() ? m_wanted : before ? before->id : ChannelId();
    const QSignalBlocker quietly(m_list);
    // What a person looks at stays where it is: rows change in place.
    const QList<ChannelRecord> &all = m_roster.channels();
    while (m_list->count() > all.size())
        delete m_list->takeItem(m_list->count() - 1);
    while (m_list->count() < all.size())
        new QListWidgetItem(m_list);
    for (int row = 0; row < all.size(); ++row) {
        const ChannelRecord &channel = all.at(row);
        QListWidgetItem *item = m_list->item(row);
        item->setText(nameOf(channel) + QLatin1Char('\n') + ErrorText::of(channel.health));
        const bool isWell = channel.health == Health::ok || channel.health == Health::unknown;
        item->setIcon(Icons::icon(isWell ? Icons::ofNetwork(channel.network) : QStringLiteral("warning")));
        item->setData(Qt::UserRole, channel.id.value);
    }
    if (m_roster.channel(kept))
        select(kept);
    else if (m_list->currentRow() < 0 && m_list->count() > 0)
        m_list->setCurrentRow(0);
    m_connect->setEnabled(m_roster.isAdmin());
    m_connect->setVisible(!m_roster.isReadOnly());
    showRights();
    showChannel();
}

void ChannelsDialog::showRights()
{
    const bool mayConnect = m_roster.isAdmin();
    const QString whyNot = !m_roster.canAct() ? m_roster.whyOnlyReading()
                           : m_roster.isLead()
                               ? tr("Only admins can change these.")
                               : tr("Leads and admins can stop and resume sending; only admins can change the rest.");
    m_hint->setText(mayConnect || !m_wait->isOver() ? QString() : whyNot);
    m_hint->setVisible(!m_hint->text().isEmpty());
    if (m_wait->showOn(*m_empty))
        return;
    m_empty->show(
        QStringLiteral("channels"), tr("No channel is connected yet"),
        mayConnect
            ? tr("Paste the address of a blog, a feed or an account: what people write there arrives in the inbox.")
            : tr("An admin connects channels; what people write there arrives in the inbox."));
}

void ChannelsDialog::showChannel()
{
    const ChannelRecord *channel = current();
    m_side->setCurrentIndex(channel ? 1 : 0);
    if (!channel)
        return;
    showReport(m_reports.value(channel->id.value));
    m_name->setText(nameOf(*channel));
    m_address->setText(channel->address);
    QStringList lines{tr("%1 · %2").arg(Wording::of(channel->network), ErrorText::of(channel->health))};
    if (!channel->healthDetail.isEmpty())
        lines.append(Wording::isolated(KnownSentences::ofHealth(channel->healthDetail.left(500))));
    if (const QString remedy = ErrorText::remedy(channel->health); !remedy.isEmpty())
        lines.append(remedy);
    if (isKnown(channel->lastPullAt))
        lines.append(tr("Last pull: %1").arg(Wording::clockTime(channel->lastPullAt)));
    if (isKnown(channel->nextPullAt))
        lines.append(tr("Next pull: %1").arg(Wording::clockTime(channel->nextPullAt)));
    // What was said of a time that is over says nothing any more.
    if (channel->limit.left >= 0 && channel->limit.resetAt > m_desk.workspace().clock().now())
        lines.append(tr("%Ln request(s) left until %1", nullptr, channel->limit.left)
                         .arg(Wording::clockTime(channel->limit.resetAt)));
    if (isKnown(channel->workSince))
        lines.append(tr("Work since %1; what is older came in resolved.").arg(Wording::clockTime(channel->workSince)));
    if (!channel->accountHandle.isEmpty() && channel->capabilities.canReply)
        lines.append(tr("Speaks as %1").arg(Wording::isolated(channel->accountHandle)));
    lines.append(channel->capabilities.canReply ? tr("Can be answered from here.")
                                                : tr("Read only: cannot be answered from here."));
    lines.append(tr("For %1, pulled %2", "a channel's purpose; how often")
                     .arg(Wording::of(channel->purpose), Wording::every(channel->pullEverySeconds)));
    for (const TeamRecord &team : m_roster.teams()) {
        if (team.id == channel->team)
            lines.append(tr("Seen by %1 and admins only.").arg(Wording::isolated(team.name)));
    }
    if (channel->isPaused())
        lines.append(tr("Sending was stopped by %1. %2")
                         .arg(Wording::isolated(m_roster.agentName(channel->pausedBy)),
                              Wording::isolated(channel->pauseReason)));
    m_facts->setText(lines.join(QLatin1Char('\n')));
    const bool isReadOnly = m_roster.isReadOnly();
    for (QPushButton *deed : {m_pull, m_test, m_sending, m_edit, m_remove})
        deed->setVisible(!isReadOnly);
    m_sending->setText(channel->isPaused() ? tr("Resume sending") : tr("Stop sending"));
    m_pull->setEnabled(m_roster.canAct());
    m_test->setEnabled(m_roster.canAct());
    m_sending->setEnabled(channel->capabilities.canReply && m_roster.isLead());
    m_renew->setVisible(!isReadOnly && (channel->capabilities.canReply || channel->health == Health::signIn ||
                                        channel->health == Health::permission));
    m_renew->setEnabled(m_roster.isAdmin());
    m_edit->setEnabled(m_roster.isAdmin());
    m_remove->setEnabled(m_roster.isAdmin());
    // All that was written there, whatever became of it.
    ListQuery everything;
    everything.view = View::custom;
    everything.filter.channels = {channel->id};
    m_activity->show(everything);
}

void ChannelsDialog::report(ChannelId channel, const QString &text)
{
    m_reports.insert(channel.value, text);
    if (const ChannelRecord *shown = current(); shown && shown->id == channel)
        showReport(text);
    announce(m_report, text);
}

/// An empty one would be a stop of the Tab key about nothing.
void ChannelsDialog::showReport(const QString &text)
{
    m_report->setText(text);
    m_report->setVisible(!text.isEmpty());
}

void ChannelsDialog::pull()
{
    const ChannelRecord *channel = current();
    if (!channel)
        return;
    report(channel->id, tr("Pulling…"));
    whenDone(m_channels.pull(channel->id), this, [this, id = channel->id](const QList<ChannelReport> &reports) {
        if (reports.isEmpty()) {
            report(id, tr("Nothing was pulled."));
            return;
        }
        const ChannelReport &first = reports.constFirst();
        report(id, first.error ? ErrorText::of(*first.error) : tr("%Ln new message(s).", nullptr, first.news()));
    });
}

void ChannelsDialog::test()
{
    const ChannelRecord *channel = current();
    if (!channel)
        return;
    report(channel->id, tr("Asking the network…"));
    whenDone(m_channels.testChannel(channel->id), this,
             [this, id = channel->id](const Result<Capabilities> &capabilities) {
                 report(id, capabilities ? tr("It works.") : ErrorText::ofAttempt(capabilities.error()));
             });
}

void ChannelsDialog::renew()
{
    const ChannelRecord *channel = current();
    if (!channel)
        return;
    Finding finding;
    finding.network = channel->network;
    finding.address = channel->address;
    finding.needsPassword = channel->network == Network::wordpress || channel->network == Network::bluesky;
    finding.needsSignIn = channel->network == Network::mastodon || channel->network == Network::bluesky;
    auto *dialog = new QDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Sign in again"));
    auto *panel = new SignInPanel(m_channels, dialog);
    panel->show(finding);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, dialog);
    buttons->button(QDialogButtonBox::Ok)->setEnabled(false);
    auto *column = new QVBoxLayout(dialog);
    column->addWidget(panel);
    column->addStretch(1);
    column->addWidget(buttons);
    connect(panel, &SignInPanel::changed, dialog,
            [panel, buttons] { buttons->button(QDialogButtonBox::Ok)->setEnabled(panel->isComplete()); });
    connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::reject);
    connect(buttons, &QDialogButtonBox::accepted, this, [this, dialog, panel, id = channel->id] {
        report(id, tr("Checking…"));
        whenDone(m_channels.renewSecret(id, panel->secret()), this, [this, id](const Done &done) {
            report(id, done ? tr("Signed in.") : ErrorText::ofAttempt(done.error()));
        });
        dialog->accept();
    });
    dialog->resize(fontMetrics().averageCharWidth() * 64, dialog->sizeHint().height());
    dialog->open();
}

void ChannelsDialog::toggleSending()
{
    if (const ChannelRecord *channel = current())
        Q_EMIT sendingAsked(*channel);
}

void ChannelsDialog::edit()
{
    const ChannelRecord *channel = current();
    if (!channel)
        return;
    auto *dialog = new ChannelDialog(*channel, m_roster.teams(), this);
    connect(dialog, &ChannelDialog::decided, this,
            [this, id = channel->id, name = nameOf(*channel)](const QList<ActionArguments> &changes) {
                QList<Action> actions;
                for (const ActionArguments &change : changes)
                    actions.append(makeAction(change, m_desk.workspace().clock().now()));
                const QString deed = tr("Changed the channel %1").arg(Wording::isolated(name));
                // This may be closed before the answer comes.
                whenDone(m_desk.perform(actions), &m_actions,
                         [shown = QPointer(this), &remembering = m_actions, id, deed](const QList<Outcome> &outcomes) {
                             if (shown && shown->isVisible())
                                 shown->onEdited(id, deed, outcomes);
                             else
                                 remembering.tellOutcomes(deed, outcomes);
                         });
            });
    dialog->open();
}

void ChannelsDialog::onEdited(ChannelId channel, const QString &deed, const QList<Outcome> &outcomes)
{
    m_edited.append({deed, outcomes});
    QString said = tr("Saved.");
    for (const Outcome &outcome : outcomes) {
        if (!outcome.isApplied())
            said = ErrorText::of(outcome.refusal);
    }
    report(channel, said);
}

void ChannelsDialog::remove()
{
    const ChannelRecord *channel = current();
    if (!channel)
        return;
    auto *question = new QMessageBox(QMessageBox::Question, tr("Remove a channel"), {}, QMessageBox::Cancel, this);
    question->setAttribute(Qt::WA_DeleteOnClose);
    question->setTextFormat(Qt::PlainText);
    question->setText(tr("Remove %1?").arg(Wording::isolated(nameOf(*channel))));
    question->setInformativeText(
        tr("Nothing is pulled from it or sent to it any more. Its history stays and can be searched."));
    QPushButton *yes = question->addButton(tr("Remove"), QMessageBox::DestructiveRole);
    question->setDefaultButton(QMessageBox::Cancel);
    connect(question, &QMessageBox::buttonClicked, this, [this, yes, id = channel->id](QAbstractButton *clicked) {
        if (clicked != yes)
            return;
        whenDone(m_channels.removeChannel(id), this, [this, id](const Done &done) {
            if (!done)
                report(id, ErrorText::of(done.error()));
        });
    });
    question->open();
}

void ChannelsDialog::connectChannel()
{
    auto *dialog = new ConnectDialog(m_desk, m_channels, m_roster.channels(), this);
    connect(dialog, &ConnectDialog::connected, this, [this](ChannelId id, const QString &name) {
        select(id);
        report(id, tr("%1 is connected. Its messages are being pulled.").arg(Wording::isolated(name)));
    });
    dialog->open();
}

} // namespace Earshot
