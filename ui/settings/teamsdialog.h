// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/settings/keepdialog.h"

#include <QSet>

class QLineEdit;
class QListWidget;

namespace Earshot {

/// The teams: what they are called and who is in them. Which channels are a team's is said at the channel.
class TeamsDialog final : public KeepDialog
{
    Q_OBJECT

public:
    TeamsDialog(Desk &desk, const Roster &roster, QWidget *parent);

protected:
    [[nodiscard]] QList<Entry> entries() const override;
    void showEntry(qint64 id) override;
    void setFormEnabled(bool isEnabled) override;
    void focusForm() override;
    [[nodiscard]] ActionArguments keeping(qint64 id) const override;
    [[nodiscard]] QList<ActionArguments> keepingAlong(qint64 id) const override;
    [[nodiscard]] ActionArguments removal(qint64 id) const override;
    [[nodiscard]] QString version(qint64 id) const override;
    [[nodiscard]] QString formVersion() const override;
    [[nodiscard]] QString formName() const override;
    [[nodiscard]] bool canChange() const override;
    [[nodiscard]] Words words(qint64 id) const override;

private:
    [[nodiscard]] const TeamRecord *team(qint64 id) const;
    [[nodiscard]] QStringList channelsOf(const TeamRecord &team) const;
    void fillMembers(const TeamRecord *team);
    void showChannels();
    [[nodiscard]] QList<AgentId> chosen() const;

    QLineEdit *m_name;
    QListWidget *m_members;
    PlainLabel *m_channels;
    // What a person changed since the form was filled; the rest is as colleagues make it.
    bool m_isRenamed = false;
    QSet<qint64> m_changed; ///< agents
    qint64 m_shown = 0;
    bool m_isEnabled = false;
};

} // namespace Earshot
