// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/records.h"
#include "workspace/accountstore.h"

#include <QDialog>

class QComboBox;
class QPushButton;
class QTableWidget;

namespace Earshot {

class PlainLabel;

/// The devices that are logged in at a server, and how far those are that were told to erase what they keep. An admin
/// sees everybody's, others their own. Asks for what it shows by signals. Deletes itself.
class DevicesDialog final : public QDialog
{
    Q_OBJECT

public:
    /// @param agents whose devices can be looked at; the first is looked at first
    DevicesDialog(const QList<AgentRecord> &agents, QWidget *parent);

    [[nodiscard]] AgentId agent() const;
    /// Answers devicesAsked().
    void showDevices(const QList<TokenRecord> &devices);
    void showTrouble(const QString &why);

Q_SIGNALS:
    void devicesAsked(Earshot::AgentId agent);
    void revokeAsked(Earshot::AgentId agent, const QString &id);
    void eraseAsked(Earshot::AgentId agent, const QString &id);

private:
    void say(const QString &what);
    void ask();
    void refresh();
    void confirmErasing();
    [[nodiscard]] const TokenRecord *chosen() const;
    [[nodiscard]] static QString stateOf(const TokenRecord &device);

    QComboBox *m_agents;
    QTableWidget *m_table;
    PlainLabel *m_state;
    QPushButton *m_revoke;
    QPushButton *m_erase;
    QList<TokenRecord> m_devices;
};

} // namespace Earshot
