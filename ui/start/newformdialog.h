// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/error.h"

#include <QDialog>
#include <QTimer>

#include <memory>

namespace Earshot {

class Workspace;

/// Brings a file of an older version to this program's form, on a thread of its own; or, where it is to be read or
/// cannot be written to, a copy of it. Is seen only where that takes longer than a moment. Who closes it lets the work
/// go on out of sight; the program ends after it.
class NewFormDialog final : public QDialog
{
    Q_OBJECT

public:
    NewFormDialog(const QString &file, bool isForReading);
    ~NewFormDialog() override;

    /// To be called once.
    void begin();
    /// Somebody wants to work with the file after all.
    void stay();
    void reject() override;
    /// What is read in the file's place, after brought(); null = it was brought there itself.
    [[nodiscard]] std::unique_ptr<Workspace> takeRead();
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
    const bool m_isForReading;
    std::unique_ptr<Workspace> m_read;
    QTimer m_grace;
    bool m_isToQuit = false;
};

} // namespace Earshot
