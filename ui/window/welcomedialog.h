// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/shell/knownworkspaces.h"

#include <QDialog>

class QLineEdit;

namespace Earshot {

class PlainLabel;

/// The first start: a workspace on this computer, one that a team shares, or a look around in the sample. Where there
/// are some already, one of them.
class WelcomeDialog final : public QDialog
{
    Q_OBJECT

public:
    /// @param path where the workspace will be
    /// @param known those that are there
    explicit WelcomeDialog(const QString &path, const QList<KnownWorkspace> &known = {}, QWidget *parent = nullptr);
    /// Making it failed: says why; the person may try again.
    void showTrouble(const QString &sentence);

Q_SIGNALS:
    void createAsked(const QString &agentName);
    void joinAsked();
    void sampleAsked();
    /// One of those that are there.
    void openAsked(const QString &file);

private:
    [[nodiscard]] QWidget *makeKnown(const QList<KnownWorkspace> &known);

    QLineEdit *m_name;
    PlainLabel *m_trouble;
};

} // namespace Earshot
