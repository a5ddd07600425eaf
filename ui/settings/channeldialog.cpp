// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/settings/channeldialog.h"

#include "model/keptversion.h"
#include "ui/shell/wording.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QPushButton>

#include <algorithm>
#include <array>

namespace Earshot {

ChannelDialog::ChannelDialog(const ChannelRecord &channel, const QList<TeamRecord> &teams, QWidget *parent)
    : QDialog(parent)
    , m_channel(channel)
    , m_name(new QLineEdit(channel.name, this))
    , m_purpose(new QComboBox(this))
    , m_team(new QComboBox(this))
    , m_interval(new QComboBox(this))
{
    setObjectName(QStringLiteral("channelDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Edit a channel"));
    m_name->setObjectName(QStringLiteral("channelName"));
    m_name->setPlaceholderText(channel.address);
    m_name->setMaxLength(100);
    m_purpose->setObjectName(QStringLiteral("channelPurpose"));
    m_team->setObjectName(QStringLiteral("channelTeam"));
    m_interval->setObjectName(QStringLiteral("channelInterval"));
    fillPurposes();
    fillTeams(teams);
    fillIntervals();
    auto *form = new QFormLayout(this);
    form->addRow(tr("&Name"), m_name);
    form->addRow(tr("&Purpose"), m_purpose);
    form->addRow(tr("&Seen by"), m_team);
    form->addRow(tr("P&ulled"), m_interval);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_save = buttons->addButton(tr("&Save"), QDialogButtonBox::AcceptRole);
    m_save->setObjectName(QStringLiteral("channelSave"));
    form->addRow(buttons);
    const auto update = [this] { m_save->setEnabled(!changes().isEmpty()); };
    connect(m_name, &QLineEdit::textChanged, this, update);
    for (const QComboBox *box : {m_purpose, m_team, m_interval})
        connect(box, &QComboBox::currentIndexChanged, this, update);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(buttons, &QDialogButtonBox::accepted, this, [this] {
        Q_EMIT decided(changes());
        accept();
    });
    update();
    resize(fontMetrics().averageCharWidth() * 64, sizeHint().height());
    m_name->selectAll();
}

void ChannelDialog::fillPurposes()
{
    for (const Purpose purpose : {Purpose::support, Purpose::sales, Purpose::community, Purpose::corporate})
        m_purpose->addItem(Wording::of(purpose), int(purpose));
    m_purpose->setCurrentIndex(m_purpose->findData(int(m_channel.purpose)));
}

void ChannelDialog::fillTeams(const QList<TeamRecord> &teams)
{
    m_team->addItem(tr("Everybody"), qint64(0));
    for (const TeamRecord &team : teams)
        m_team->addItem(tr("%1 and admins", "a team").arg(Wording::isolated(team.name)), team.id.value);
    m_team->setCurrentIndex(std::max(0, m_team->findData(m_channel.team.value)));
    m_team->setToolTip(tr("For all others the channel and its conversations do not exist."));
}

void ChannelDialog::fillIntervals()
{
    QList<int> seconds{15, 30, 60, 300, 900, 3600, 86'400};
    if (!seconds.contains(m_channel.pullEverySeconds))
        seconds.append(m_channel.pullEverySeconds);
    std::sort(seconds.begin(), seconds.end());
    for (const int one : std::as_const(seconds))
        m_interval->addItem(Wording::every(one), one);
    m_interval->setCurrentIndex(m_interval->findData(m_channel.pullEverySeconds));
}

QList<ActionArguments> ChannelDialog::changes() const
{
    QList<ActionArguments> all;
    Act::EditChannel edit;
    edit.channel = m_channel.id;
    if (const QString name = m_name->text().trimmed(); name != m_channel.name)
        edit.name = name;
    if (const auto purpose = Purpose(m_purpose->currentData().toInt()); purpose != m_channel.purpose)
        edit.purpose = purpose;
    if (const int every = m_interval->currentData().toInt(); every != m_channel.pullEverySeconds)
        edit.pullEverySeconds = every;
    if (edit.name || edit.purpose || edit.pullEverySeconds) {
        edit.was = versionOf(m_channel, edit);
        all.append(edit);
    }
    if (const TeamId team(m_team->currentData().toLongLong()); team != m_channel.team)
        all.append(Act::SetChannelTeam{m_channel.id, team});
    return all;
}

} // namespace Earshot
