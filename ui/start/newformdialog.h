// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/error.h"

#include <QDialog>
#include <QTimer>

namespace Earshot {

/// Brings a file of an older version to this program's form, on a thread of its own. Is seen only where that takes
/// longer than a moment. Who closes it lets the work go on out of sight; the program ends after it.
class NewFormDialog final : public QDialog
{
    Q_OBJECT

public:
    explicit NewFormDialog(const QString &file);

    /// To be called once.
    void begin();
    /// Somebody wants to work with the file after all.
    void stay();
    void reject() override;
    /// Somebody closed it.
    [[nodiscard]] bool isToQuit() const { return m_isToQuit; }

Q_SIGNALS:
    // One of them once, unless the dialog dies before.
    void brought();
    /// Those of Workspace::open.
    void failed(const Earshot::Error &why);

private:
    void build();

    QString m_file;
    QTimer m_grace;
    bool m_isToQuit = false;
};

} // namespace Earshot
