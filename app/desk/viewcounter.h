// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "workspace/workspace.h"

namespace Earshot {

/// Has views counted on a workspace that this process owns, slice by slice, as long as there is one that is not. Dies
/// before the workspace.
class ViewCounter final : public QObject
{
    Q_OBJECT

public:
    explicit ViewCounter(Workspace &workspace, QObject *parent = nullptr);

private:
    void count();

    Workspace &m_workspace;
    bool m_isCounting = false;
    bool m_isAsked = false; ///< while it counted
};

} // namespace Earshot
