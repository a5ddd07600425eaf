// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/settings/teamsdialog.h"

#include "ui/shell/plainlabel.h"
#include "ui/shell/roster.h"
#include "ui/shell/wording.h"

#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QLocale>
#include <QVBoxLayout>

#include <algorithm>

namespace Earshot {

namespace {

/// Only for telling whether what is shown is still so.
QString lookOf(const QString &name, QList<AgentId> members)
{
    std::sort(members.begin(), members.end(), [](AgentId first, AgentId second) { return first.value < second.value; });
    QStringList parts{name};
    for (const AgentId id : members)
        parts.append(QString::number(id.value));
    return parts.join(QChar(u'\0'));
}

} // namespace

TeamsDialog::TeamsDialog(Desk &desk, const Roster &roster, QWidget *parent)
    : KeepDialog(desk, roster, QStringLiteral("teams"), parent)
    , m_name(new QLineEdit(this))
    , m_members(new QListWidget(this))
    , m_channels(new PlainLabel(this))
{
    setWindowTitle(tr("Teams"));
    auto *nameLabel = new QLabel(tr("&Name"), this);
    nameLabel->setBuddy(m_name);
    m_name->setObjectName(QStringLiteral("teamName"));
    m_name->setAccessibleName(tr("Name of the team"));
    m_name->setMaxLength(80);
    auto *membersLabel = new QLabel(tr("&Who is in it"), this);
    membersLabel->setBuddy(m_members);
    m_members->setObjectName(QStringLiteral("teamMembers"));
    m_members->setAccessibleName(tr("Who is in it"));
    m_members->setTextElideMode(Qt::ElideRight);
    m_channels->setObjectName(QStringLiteral("teamChannels"));
    m_channels->setWrapping(true);
    m_channels->setQuiet(true);
    form()->addWidget(nameLabel);
    form()->addWidget(m_name);
    form()->addWidget(membersLabel);
    form()->addWidget(m_members, 1);
    form()->addWidget(m_channels);
    connect(m_name, &QLineEdit::textEdited, this, [this] {
        m_isRenamed = true;
        touch();
    });
    connect(m_members, &QListWidget::itemChanged, this, [this](const QListWidgetItem *item) {
        m_changed.insert(item->data(Qt::UserRole).toLongLong());
        touch();
    });
    connect(&roster, &Roster::rosterChanged, this, &TeamsDialog::showChannels);
    begin(tr("There are no teams yet. A team has channels that only it and admins see, and the queue of what comes in "
             "there."));
}

const TeamRecord *TeamsDialog::team(qint64 id) const
{
    const QList<TeamRecord> &all = roster().teams();
    const auto found =
        std::find_if(all.cbegin(), all.cend(), [id](const TeamRecord &one) { return one.id.value == id; });
    return found == all.cend() ? nullptr : &*found;
}

QList<KeepDialog::Entry> TeamsDialog::entries() const
{
    QList<Entry> all;
    for (const TeamRecord &one : roster().teams())
        all.append(
            {one.id.value, tr("%1 (%Ln person(s))", "team", int(one.members.size())).arg(Wording::isolated(one.name))});
    return all;
}

QStringList TeamsDialog::channelsOf(const TeamRecord &team) const
{
    QStringList names;
    for (const ChannelRecord &channel : roster().channels()) {
        if (channel.team == team.id)
            names.append(Wording::isolated(channel.name));
    }
    return names;
}

void TeamsDialog::showEntry(qint64 id)
{
    const TeamRecord *shown = team(id);
    m_shown = id;
    m_isRenamed = false;
    m_changed.clear();
    m_name->setText(shown ? shown->name : QString());
    fillMembers(shown);
    showChannels();
}

void TeamsDialog::showChannels()
{
    const TeamRecord *shown = team(m_shown);
    const QStringList channels = shown ? channelsOf(*shown) : QStringList();
    m_channels->setText(channels.isEmpty()
                            ? tr("No channel is for this team only. This is set for each channel (Channels, Edit).")
                            : tr("For this team and for admins only: %1").arg(QLocale().createSeparatedList(channels)));
}

void TeamsDialog::fillMembers(const TeamRecord *team)
{
    const QSignalBlocker quiet(m_members);
    m_members->clear();
    for (const AgentRecord &agent : roster().agents()) {
        const bool isMember = team && team->members.contains(agent.id);
        if (agent.isDisabled && !isMember)
            continue;
        const QString note = agent.isDisabled ? tr("disabled") : Wording::of(agent.role);
        auto *item = new QListWidgetItem(tr("%1 (%2)", "agent and role").arg(Wording::isolated(agent.name), note));
        item->setData(Qt::UserRole, agent.id.value);
        item->setCheckState(isMember ? Qt::Checked : Qt::Unchecked);
        m_members->addItem(item);
    }
    if (m_members->count() > 0)
        m_members->setCurrentRow(0);
    setFormEnabled(m_isEnabled);
}

void TeamsDialog::setFormEnabled(bool isEnabled)
{
    m_isEnabled = isEnabled;
    m_name->setReadOnly(!isEnabled);
    const QSignalBlocker quiet(m_members);
    for (int row = 0; row < m_members->count(); ++row) {
        QListWidgetItem *item = m_members->item(row);
        item->setFlags(item->flags().setFlag(Qt::ItemIsUserCheckable, isEnabled));
    }
}

void TeamsDialog::focusForm()
{
    m_name->setFocus();
}

QList<AgentId> TeamsDialog::chosen() const
{
    QList<AgentId> all;
    for (int row = 0; row < m_members->count(); ++row) {
        const QListWidgetItem *item = m_members->item(row);
        if (item->checkState() == Qt::Checked)
            all.append(AgentId(item->data(Qt::UserRole).toLongLong()));
    }
    return all;
}

ActionArguments TeamsDialog::keeping(qint64 id) const
{
    if (id == 0)
        return Act::AddTeam{m_name->text()};
    const TeamRecord *now = team(id);
    return Act::RenameTeam{TeamId(id), m_isRenamed || !now ? m_name->text() : now->name};
}

QList<ActionArguments> TeamsDialog::keepingAlong(qint64 id) const
{
    const QList<AgentId> members = chosen();
    QList<ActionArguments> all;
    for (const qint64 agent : m_changed)
        all.append(Act::SetTeamMember{TeamId(id), AgentId(agent), members.contains(AgentId(agent))});
    return all;
}

ActionArguments TeamsDialog::removal(qint64 id) const
{
    return Act::RemoveTeam{TeamId(id)};
}

QString TeamsDialog::version(qint64 id) const
{
    const TeamRecord *now = team(id);
    return now ? lookOf(now->name, now->members) : QString();
}

QString TeamsDialog::formName() const
{
    return m_name->text();
}

QString TeamsDialog::formVersion() const
{
    return lookOf(m_name->text(), chosen());
}

bool TeamsDialog::canChange() const
{
    return roster().isAdmin();
}

KeepDialog::Words TeamsDialog::words(qint64 id) const
{
    const TeamRecord *now = team(id);
    return {tr("Remove"), tr("Removed."), tr("Only admins can change these."),
            tr("Remove the team %1? Who is in it is forgotten with it.")
                .arg(Wording::isolated(now ? now->name : QString()))};
}

} // namespace Earshot
